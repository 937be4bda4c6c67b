import { z } from "@orchestrate/sdk";
import { EpochRow } from "../trainer/epoch-row.ts";

/** What a trainer program says on its event descriptor, one JSON object a line. */
const TrainerEvent = z.union([
  z.strictObject({ epoch: EpochRow }),
  /** The name of a file in the request's directory. */
  z.strictObject({ checkpoint: z.string().regex(/^[\w.-]+$/) }),
  z.strictObject({ log: z.string() }),
  z.strictObject({ error: z.string(), detail: z.string() }),
]);
export type TrainerEvent = z.infer<typeof TrainerEvent>;

/** Reads one line, or gives undefined where it is no event. */
export function readTrainerEvent(line: string): TrainerEvent | undefined {
  try {
    return TrainerEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
