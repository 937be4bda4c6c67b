/** One execution of a function, from its first call to its last return, however often it is suspended between. */
export class Activation {
  readonly function: number;
  /** 0 where the function can't be suspended. */
  readonly id: number;
  /** What ran when this began or was resumed. */
  below: Activation | undefined = undefined;
  state: "running" | "suspended" | "ended" = "running";
  /** How it is about to end: unknown until a `return`, the end of its body or a `throw` is reached. */
  leaving: "unknown" | "returns" | "throws" = "unknown";
  result: unknown = undefined;
  /** The values written last, by slot, and digests of those that are objects. */
  readonly written: unknown[] = [];
  readonly digests: number[] = [];

  constructor(fn: number, id: number) {
    this.function = fn;
    this.id = id;
  }
}

/** In `written`: the variable holds an object, told by its digest, or was redacted or dropped. */
export const OBJECT: unique symbol = Symbol("object");
export const WITHHELD: unique symbol = Symbol("withheld");
