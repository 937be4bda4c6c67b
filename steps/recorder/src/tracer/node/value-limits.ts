import type { ValueAction } from "../../filter/model.ts";

/** How much of a value is written. */
export interface ValueLimits {
  /** Levels of nesting. */
  readonly depth: number;
  /** Characters of a text. */
  readonly length: number;
  /** Elements of a container. */
  readonly elements: number;
  /** Elements of all containers within one value: once there are so many, no further one is looked into. */
  readonly total: number;
}

/** What is to be done with a field of an object, by its name. */
export type FieldAction = (name: string) => ValueAction;
