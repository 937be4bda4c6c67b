import { z } from "@orchestrate/sdk";

const Progress = z.strictObject({
  progress: z.tuple([z.number(), z.number(), z.string().optional()]),
});

/** A record can't keep a value by the name of its own prototype: it would be shown, and stand in no manifest. */
const MetricName = z
  .string()
  .min(1)
  .refine((name) => name !== "__proto__");

const Metric = z.strictObject({
  metric: z.strictObject({ name: MetricName, value: z.number(), step: z.number().optional() }),
});

const LogLine = z.strictObject({
  log: z.strictObject({ level: z.enum(["debug", "info", "warn", "error"]).default("info"), message: z.string() }),
});

/** The state that the program goes on from is in its file. */
const Checkpoint = z.strictObject({ checkpoint: z.literal(true) });

const EventLine = z.union([Progress, Metric, LogLine, Checkpoint]);

/** What a program may say of itself on descriptor 3, as one JSON object a line. */
export type EventLine = z.output<typeof EventLine>;

/** Reads one line, or gives undefined where it is no event. */
export function readEventLine(line: string): EventLine | undefined {
  try {
    return EventLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
