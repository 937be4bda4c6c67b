import { EventKind } from "../writer/event-kind.ts";
import { Interned } from "./interned.ts";
import type { TraceEvent, ValueRecord } from "./trace-event.ts";

/** A call that is open. */
export interface OpenCall {
  readonly function: number;
  /** What it is found by once it goes on after a suspension; undefined where it can't be suspended. */
  readonly activation: string | undefined;
  line: number;
  readonly variables: Map<string, ValueRecord>;
}

/**
 * Where a recorded program stands, event by event. A call that was suspended goes on with the variables that it had.
 */
export class ReplayedState {
  readonly interned = new Interned();
  readonly #threads = new Map<number, OpenCall[]>();
  thread = 0;
  readonly output = { stdout: 0, stderr: 0 };
  /** Calls that may go on, by activation. */
  readonly suspended = new Map<string, OpenCall>();

  apply(event: TraceEvent): void {
    if (this.interned.take(event)) return;
    const stack = this.stack();
    const top = stack.at(-1);
    switch (event.type) {
      case "ThreadSwitch":
        this.thread = event.body;
        return;
      case "Call":
        stack.push(this.#call(event.body));
        return;
      case "Return":
        stack.pop();
        // A result ends a call for good; what an exception ended is kept, since the trace does not tell it from a
        // suspension.
        if (top?.activation !== undefined && top.variables.has("<return_value>")) this.suspended.delete(top.activation);
        return;
      case "Step":
        if (top !== undefined) top.line = event.body.line;
        return;
      case "Value":
        top?.variables.set(this.#name(event.body.variable_id), event.body.value);
        return;
      case "Event":
        if (event.body.kind === EventKind.write) this.output.stdout += event.body.content.length;
        if (event.body.kind === EventKind.writeOther) this.output.stderr += event.body.content.length;
    }
  }

  /** The calls that are open on the thread that runs, the outermost first. */
  stack(): OpenCall[] {
    const known = this.#threads.get(this.thread) ?? [];
    this.#threads.set(this.thread, known);
    return known;
  }

  #call({ function_id, args }: Extract<TraceEvent, { type: "Call" }>["body"]): OpenCall {
    const named = args.map(({ variable_id, value }) => [this.#name(variable_id), value] as const);
    const id = named.find(([name]) => name === "<activation>")?.[1].i;
    const activation = id === undefined ? undefined : `${this.thread} ${function_id} ${String(id)}`;
    const line = this.interned.functions[function_id]?.line ?? 0;
    const known = activation === undefined ? undefined : this.suspended.get(activation);
    const call = known ?? { function: function_id, activation, line, variables: new Map() };
    for (const [name, value] of named) if (name !== "<activation>") call.variables.set(name, value);
    if (activation !== undefined) this.suspended.set(activation, call);
    return call;
  }

  #name(id: number): string {
    return this.interned.variables[id] ?? `<${id}>`;
  }
}
