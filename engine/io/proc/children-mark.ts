import { KeptFile } from "./kept-file.ts";
import { parseProcessStat } from "./process-table.ts";

/**
 * What tells whether a process has started children: the page faults of those that ended, which grow with every one,
 * and those that are there. It is asked for after every attempt, so that its files stay open. Only the main thread's
 * children are read, which costs a tenth of reading them all: the kernel gives the children of a thread that ended to
 * the main one, and a thread that still lives is told by the worker itself.
 */
export class ChildrenMark {
  readonly #stat: KeptFile;
  readonly #children: KeptFile;

  constructor(pid: number) {
    this.#stat = new KeptFile(`/proc/${pid}/stat`);
    this.#children = new KeptFile(`/proc/${pid}/task/${pid}/children`);
  }

  /** The same text as before where none was started since; undefined where the system does not tell. */
  read(): string | undefined {
    const stat = parseProcessStat(this.#stat.read());
    const children = this.#children.read();
    return stat === undefined || children === undefined ? undefined : `${stat.childFaults} ${children}`;
  }

  close(): void {
    this.#stat.close();
    this.#children.close();
  }
}
