/**
 * Whether a version fits a range of npm's grammar: exact, `^1.2.3`, `~1.2.3`, `>=1.2.3`, `>`, `<=`, `<`, `*`, and
 * several with spaces between, all of which must fit. As with npm, a prerelease fits only a range that names a
 * prerelease of the same version (https://semver.org, https://github.com/npm/node-semver#ranges).
 */
export function satisfies(version: string, range: string): boolean {
  const parsed = parseVersion(version);
  if (parsed === undefined) return false;
  if (range.trim() === "*") return true;
  const comparators = range.trim().split(/\s+/).map(parseComparator);
  if (!comparators.every((comparator) => comparator !== undefined)) return false;
  if (!comparators.every((comparator) => fits(parsed, comparator))) return false;
  return (
    parsed.prerelease.length === 0 ||
    comparators.some(({ base }) => base.prerelease.length > 0 && sameCore(base, parsed))
  );
}

/** Whether `satisfies` understands a range. */
export function isRange(range: string): boolean {
  return (
    range.trim() === "*" ||
    range
      .trim()
      .split(/\s+/)
      .every((part) => parseComparator(part) !== undefined)
  );
}

interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly prerelease: readonly string[];
}

type Operator = "^" | "~" | ">=" | ">" | "<=" | "<" | "=";

interface Comparator {
  readonly operator: Operator;
  readonly base: Version;
}

function parseComparator(text: string): Comparator | undefined {
  const operator = /^(\^|~|>=|<=|>|<|=)?/.exec(text)?.[1] ?? "";
  const base = parseVersion(text.slice(operator.length));
  return base === undefined ? undefined : { operator: operator === "" ? "=" : (operator as Operator), base };
}

function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/.exec(text);
  if (match === null) return undefined;
  const [, major, minor, patch, prerelease] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), prerelease: prerelease?.split(".") ?? [] };
}

function fits(version: Version, { operator, base }: Comparator): boolean {
  const order = compare(version, base);
  switch (operator) {
    case "^":
      return order >= 0 && compare(version, nextBreaking(base)) < 0;
    case "~":
      return order >= 0 && version.major === base.major && version.minor === base.minor;
    case ">=":
      return order >= 0;
    case ">":
      return order > 0;
    case "<=":
      return order <= 0;
    case "<":
      return order < 0;
    case "=":
      return order === 0;
  }
}

/** The first version that `^` no longer allows: the leftmost number that is not zero goes up. */
function nextBreaking({ major, minor, patch }: Version): Version {
  if (major > 0) return { major: major + 1, minor: 0, patch: 0, prerelease: [] };
  if (minor > 0) return { major: 0, minor: minor + 1, patch: 0, prerelease: [] };
  return { major: 0, minor: 0, patch: patch + 1, prerelease: [] };
}

function sameCore(a: Version, b: Version): boolean {
  return a.major === b.major && a.minor === b.minor && a.patch === b.patch;
}

function compare(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePrerelease(a.prerelease, b.prerelease);
}

/** Precedence as in semver.org, item 11: a release is above its prereleases, numbers are below words. */
function comparePrerelease(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const [x, y] = [a[index]!, b[index]!];
    if (x === y) continue;
    const [xIsNumber, yIsNumber] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (xIsNumber && yIsNumber) return Number(x) - Number(y);
    if (xIsNumber !== yIsNumber) return xIsNumber ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}
