/**
 * What a package's `exports` (or `imports`) field gives for a subpath (`.`, `./x` or `#x`), under the conditions that
 * Node sets for an import. After https://nodejs.org/api/esm.html#resolution-algorithm-specification.
 */
export function resolveExports(field: unknown, subpath: string): string | undefined {
  if (!isSubpathMap(field)) return subpath === "." ? resolveTarget(field, "") : undefined;
  if (subpath in field && !subpath.includes("*")) return resolveTarget(field[subpath], "");
  const patterns = Object.keys(field).filter((key) => key.includes("*"));
  for (const pattern of patterns.sort(byLongestPrefix)) {
    const [before = "", after = ""] = pattern.split("*");
    const fits = subpath.startsWith(before) && subpath.endsWith(after) && subpath.length >= pattern.length;
    if (fits) return resolveTarget(field[pattern], subpath.slice(before.length, subpath.length - after.length));
  }
  return undefined;
}

const conditions: ReadonlySet<string> = new Set(["node", "import", "module-sync", "node-addons", "default"]);

function isSubpathMap(field: unknown): field is Readonly<Record<string, unknown>> {
  return typeof field === "object" && field !== null && Object.keys(field).some((key) => /^[.#]/.test(key));
}

function resolveTarget(target: unknown, star: string): string | undefined {
  if (typeof target === "string") return target.replaceAll("*", star);
  if (Array.isArray(target)) return firstOf(target, star);
  if (typeof target !== "object" || target === null) return undefined;
  return firstOf(
    Object.entries(target).flatMap(([condition, inner]) => (conditions.has(condition) ? [inner] : [])),
    star,
  );
}

function firstOf(targets: readonly unknown[], star: string): string | undefined {
  for (const target of targets) {
    const found = resolveTarget(target, star);
    if (found !== undefined) return found;
  }
  return undefined;
}

function byLongestPrefix(a: string, b: string): number {
  return b.indexOf("*") - a.indexOf("*") || b.length - a.length;
}
