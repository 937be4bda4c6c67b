/** Whether a path is POSIX, relative, and goes down only: no empty part, no `.` and no `..`. */
export function isPlainPath(path: string): boolean {
  if (path.includes("\0")) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
