/** `phase.output`, or `phase[*].output` for all instances of a fanned-out phase. */
export interface Reference {
  readonly phase: string;
  readonly output: string;
  readonly gather: "one" | "all";
}

/** What a phase may be called: it is a directory's name as well. */
export const PHASE_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,99}$/;

const REFERENCE = /^([A-Za-z][A-Za-z0-9_-]*)(\[\*\])?\.([A-Za-z][A-Za-z0-9_]*)$/;

/** Reads a reference; undefined where it is not one. */
export function parseReference(text: string): Reference | undefined {
  const match = REFERENCE.exec(text);
  if (match === null) return undefined;
  return { phase: match[1]!, output: match[3]!, gather: match[2] === undefined ? "one" : "all" };
}
