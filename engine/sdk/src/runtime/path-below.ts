/** `root` and a relative POSIX path joined, or undefined where the path is absolute, is empty or leaves `root`. */
export function pathBelow(root: string, relative: string): string | undefined {
  if (relative.startsWith("/") || relative.includes("\0")) return undefined;
  const parts = relative.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.length === 0 || parts.includes("..")) return undefined;
  return [root, ...parts].join("/");
}
