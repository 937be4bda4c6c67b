import { z } from "@orchestrate/sdk";
import { EventKind } from "../writer/event-kind.ts";
import { Interned } from "./interned.ts";
import type { TraceMetadata } from "./read-trace.ts";
import type { TraceEvent } from "./trace-event.ts";

const Count = z.number().int().nonnegative();

/** What a trace holds. */
export const Summary = z.strictObject({
  recording_id: z.string(),
  program: z.string(),
  args: z.array(z.string()),
  /** Null where a signal ended the program, or the recorder did not say. */
  status: z.number().nullable(),
  counts: z.strictObject({
    events: Count,
    steps: Count,
    calls: Count,
    returns: Count,
    values: Count,
    writes: Count,
    exceptions: Count,
    threads: Count,
  }),
  /** Those with most steps, most first. */
  functions: z.array(
    z.strictObject({ function: z.string(), file: z.string(), line: z.number(), steps: Count, calls: Count }),
  ),
  lines: z.array(z.strictObject({ file: z.string(), line: z.number(), steps: Count })),
  withheld: z.strictObject({
    scopes_skipped: Count,
    redactions: z.record(z.string(), Count),
    drops: z.record(z.string(), Count),
  }),
});

export async function summarize(
  events: AsyncIterable<TraceEvent>,
  metadata: TraceMetadata,
  top: number,
): Promise<z.output<typeof Summary>> {
  const tally = new Tally();
  for await (const event of events) tally.take(event);
  const stats = metadata.trace_filter?.stats;
  return {
    recording_id: metadata.recording_id,
    program: metadata.program,
    args: metadata.args,
    status: metadata.process_exit_status?.code ?? null,
    counts: tally.counts,
    functions: tally.functions(top),
    lines: tally.lines(top),
    withheld: {
      scopes_skipped: stats?.scopes_skipped ?? 0,
      redactions: stats?.value_redactions ?? {},
      drops: stats?.value_drops ?? {},
    },
  };
}

class Tally {
  readonly counts = { events: 0, steps: 0, calls: 0, returns: 0, values: 0, writes: 0, exceptions: 0, threads: 0 };
  readonly #interned = new Interned();
  readonly #functions = new Map<number, { steps: number; calls: number }>();
  readonly #lines = new Map<string, { readonly file: string; readonly line: number; steps: number }>();
  #stack: number[] = [];
  /** By thread; a program begins on thread 0. */
  readonly #stacks = new Map([[0, this.#stack]]);

  take(event: TraceEvent): void {
    const { counts } = this;
    counts.events += 1;
    if (this.#interned.take(event)) return;
    switch (event.type) {
      case "Step":
        counts.steps += 1;
        this.#step(event.body);
        return;
      case "Call":
        counts.calls += 1;
        this.#stack.push(event.body.function_id);
        this.#function(event.body.function_id).calls += 1;
        return;
      case "Return":
        counts.returns += 1;
        this.#stack.pop();
        return;
      case "Value":
        counts.values += 1;
        return;
      case "Event":
        if (event.body.kind === EventKind.error) counts.exceptions += 1;
        else counts.writes += 1;
        return;
      case "ThreadStart":
        counts.threads += 1;
        return;
      case "ThreadSwitch":
        this.#stack = this.#stacks.get(event.body) ?? [];
        this.#stacks.set(event.body, this.#stack);
    }
  }

  functions(top: number): z.output<typeof Summary>["functions"] {
    return [...this.#functions]
      .map(([id, counts]) => {
        const { name = "", path = "", line = 0 } = this.#interned.functions[id] ?? {};
        return { function: name, file: path, line, ...counts };
      })
      .sort((a, b) => b.steps - a.steps || b.calls - a.calls)
      .slice(0, top);
  }

  lines(top: number): z.output<typeof Summary>["lines"] {
    return [...this.#lines.values()].sort((a, b) => b.steps - a.steps).slice(0, top);
  }

  #step({ path_id, line }: { readonly path_id: number; readonly line: number }): void {
    const running = this.#stack.at(-1);
    if (running !== undefined) this.#function(running).steps += 1;
    const key = `${path_id} ${line}`;
    const known = this.#lines.get(key) ?? { file: this.#interned.paths[path_id] ?? "", line, steps: 0 };
    known.steps += 1;
    this.#lines.set(key, known);
  }

  #function(id: number): { steps: number; calls: number } {
    const known = this.#functions.get(id) ?? { steps: 0, calls: 0 };
    this.#functions.set(id, known);
    return known;
  }
}
