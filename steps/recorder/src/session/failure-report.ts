import { readFileSync, writeFileSync } from "node:fs";

/** What the tracer in the program could not do: write its stream, or go on at all. */
export class TracerFailure extends Error {
  readonly kind: "io" | "fault";

  constructor(kind: "io" | "fault", message: string) {
    super(message);
    this.kind = kind;
  }
}

/**
 * Makes the file in which a tracer tells that it failed: a line of its kind, and the reason. It has its blocks already,
 * so that it can be written over where the disk is full.
 */
export function makeFailureReport(path: string): void {
  writeFileSync(path, " ".repeat(4096));
}

/** What the tracer told; undefined where it did not fail. */
export function readFailureReport(path: string): TracerFailure | undefined {
  const [kind, message = ""] = readFileSync(path, "utf8").trim().split("\n");
  return kind === "" ? undefined : new TracerFailure(kind === "io" ? "io" : "fault", message.trim());
}
