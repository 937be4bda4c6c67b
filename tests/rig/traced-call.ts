/**
 * A system call as strace wrote it. A call that another thread interrupts is told twice: when it begins and when it
 * ends.
 */
export interface TracedCall {
  readonly thread: string;
  readonly name: string;
  /** The arguments as written; of a call told twice, those of its beginning. */
  readonly text: string;
  readonly told: "whole" | "begins" | "ends";
}

/** The calls of a trace made with `strace -f -y`, in order, without those that failed. */
export function tracedCalls(log: string): readonly TracedCall[] {
  const begun = new Map<string, TracedCall>();
  return log.split("\n").flatMap((line): TracedCall[] => {
    const [, thread = "", rest = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const resumed = /^<\.\.\. \w+ resumed>.*\) += (-?\d+)/.exec(rest);
    if (resumed !== null) {
      const call = begun.get(thread);
      return call === undefined || resumed[1] === "-1" ? [] : [{ ...call, told: "ends" }];
    }
    const [, name, text = ""] = /^(\w+)\((.*)$/.exec(rest) ?? [];
    if (name === undefined) return [];
    if (text.endsWith("<unfinished ...>")) {
      const call: TracedCall = { thread, name, text, told: "begins" };
      begun.set(thread, call);
      return [call];
    }
    return / = -1 /.test(text) ? [] : [{ thread, name, text, told: "whole" }];
  });
}

/** The path of the first descriptor in the arguments, as `-y` writes it. */
export function descriptorPath({ text }: TracedCall): string | undefined {
  return /^\d+<([^>]+)>/.exec(text)?.[1];
}

/** Every quoted path in the arguments. */
export function quotedPaths({ text }: TracedCall): readonly string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, path]) => path!);
}
