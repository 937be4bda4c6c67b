/** How much of a value is written. */
export interface ValueLimits {
  /** Levels of nesting. */
  readonly depth: number;
  /** Characters of a text. */
  readonly length: number;
  /** Elements of a container. */
  readonly elements: number;
}

/** What is to be done with a field of an object, by its name. */
export type FieldAction = (name: string) => "allow" | "redact" | "drop";
