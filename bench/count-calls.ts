/** What is counted of a trace: changes to files below a directory, reads of them, and processes. */
export type CallCounts = ReadonlyMap<string, number>;

/** Counts the calls of a trace that strace wrote with `-f -y`, those that failed left out. */
export function countCalls(trace: string, directory: string): CallCounts {
  const counts = new Map<string, number>();
  for (const line of trace.split("\n")) {
    const name = nameOf(line, directory);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** What one line counts as: where a call was interrupted, its first half does. */
function nameOf(line: string, directory: string): string | undefined {
  const [, call = "", rest = ""] = /^\d+ +(\w+)\((.*)$/.exec(line) ?? [];
  if (/ = -1 E/.test(rest)) return undefined;
  if (call === "execve") return call;
  if (!rest.includes(directory)) return undefined;
  switch (call) {
    case "openat":
      return /O_WRONLY|O_RDWR/.test(rest) ? "open to write" : "open to read";
    case "write":
    case "pwrite64":
      return "write";
    case "statx":
    case "newfstatat":
    case "access":
      return "stat";
    case "mkdir":
    case "rename":
    case "link":
    case "unlink":
    case "rmdir":
    case "chmod":
    case "fsync":
    case "fdatasync":
      return call;
    default:
      return undefined;
  }
}

/** What each further phase costs, from the traces of two runs that differ in their number of phases only. */
export function countsOfOne(few: CallCounts, many: CallCounts, phases: number): CallCounts {
  return new Map([...many].map(([name, count]) => [name, (count - (few.get(name) ?? 0)) / phases]));
}
