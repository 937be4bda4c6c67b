import { relative } from "node:path";
import { EventKind } from "../writer/event-kind.ts";
import type { ReplayedState } from "./replayed-state.ts";
import type { TraceEvent, ValueRecord } from "./trace-event.ts";
import { valueLiteral } from "./value-literal.ts";

/** What of a trace is compared. */
export type Aspect = "flow" | "values" | "output";

/** An event by names in place of numbers, so that two recordings can be compared. */
export interface ComparableEvent {
  readonly index: number;
  readonly text: string;
}

/** The events of a trace that say something of the aspects, and the state after each. */
export async function* comparableEvents(
  events: AsyncIterable<TraceEvent>,
  aspects: readonly Aspect[],
  workdir: string,
  state: ReplayedState,
): AsyncGenerator<ComparableEvent> {
  let index = 0;
  for await (const event of events) {
    state.apply(event);
    const text = describe(event, aspects, workdir, state);
    if (text !== undefined) yield { index, text };
    index += 1;
  }
}

function describe(
  event: TraceEvent,
  aspects: readonly Aspect[],
  workdir: string,
  { interned, thread }: ReplayedState,
): string | undefined {
  const has = (aspect: Aspect) => aspects.includes(aspect);
  const file = (path: string | undefined) => relative(workdir, path ?? "");
  const value = (record: ValueRecord) => valueLiteral(record, interned);
  const on = thread === 0 ? "" : `thread ${thread}: `;
  switch (event.type) {
    case "Step":
      return has("flow") ? `${on}step ${file(interned.paths[event.body.path_id])}:${event.body.line}` : undefined;
    case "Call": {
      const { name, path } = interned.functions[event.body.function_id] ?? {};
      const args = event.body.args
        .filter(({ variable_id }) => interned.variables[variable_id] !== "<activation>")
        .map((arg) => `${interned.variables[arg.variable_id]}=${has("values") ? value(arg.value) : ""}`);
      if (!has("flow") && (args.length === 0 || !has("values"))) return undefined;
      return `${on}call ${file(path)} ${name}(${args.join(", ")})`;
    }
    case "Return":
      return has("flow") ? `${on}return ${has("values") ? value(event.body.return_value) : ""}` : undefined;
    case "Value":
      return has("values")
        ? `${on}${interned.variables[event.body.variable_id]} = ${value(event.body.value)}`
        : undefined;
    case "Event":
      return has("output")
        ? `${on}${STREAMS.get(event.body.kind) ?? "event"} ${JSON.stringify(event.body.content)}`
        : undefined;
    default:
      return undefined;
  }
}

const STREAMS: ReadonlyMap<number, string> = new Map([
  [EventKind.write, "stdout"],
  [EventKind.writeOther, "stderr"],
  [EventKind.read, "stdin"],
]);
