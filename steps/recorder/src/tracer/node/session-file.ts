import type { Filter } from "../../filter/model.ts";
import type { ValueLimits } from "./value-limits.ts";

/** What a tracer in the program is told, as a JSON file beside the stream. */
export interface TracerSession {
  /** The file that the stream is appended to. */
  readonly stream: string;
  /** The file in which it reports that it failed. */
  readonly failure: string;
  readonly root: string;
  readonly values: boolean;
  readonly limits: ValueLimits;
  readonly output: readonly ("stdout" | "stderr")[];
  /** What a fault of the tracer does: end the program, or let it go on unrecorded. */
  readonly onError: "abort" | "disable";
  readonly filter: Filter;
}
