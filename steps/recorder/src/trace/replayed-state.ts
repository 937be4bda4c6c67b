import { Interned } from "./interned.ts";
import type { TraceEvent, ValueRecord } from "./trace-event.ts";

/** A call that is open. */
export interface OpenCall {
  readonly function: number;
  line: number;
  readonly variables: Map<string, ValueRecord>;
}

/** Where a recorded program stands, event by event. A call that was suspended goes on with the variables that it had. */
export class ReplayedState {
  readonly interned = new Interned();
  readonly threads = new Map<number, OpenCall[]>();
  thread = 0;
  readonly output = { stdout: 0, stderr: 0 };
  readonly #suspended = new Map<string, OpenCall>();

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
        return;
      case "Step":
        if (top !== undefined) top.line = event.body.line;
        return;
      case "Value":
        top?.variables.set(this.#name(event.body.variable_id), event.body.value);
        return;
      case "Event":
        if (event.body.kind === 0) this.output.stdout += event.body.content.length;
        if (event.body.kind === 2) this.output.stderr += event.body.content.length;
    }
  }

  /** The calls that are open on the thread that runs, the outermost first. */
  stack(): OpenCall[] {
    const known = this.threads.get(this.thread) ?? [];
    this.threads.set(this.thread, known);
    return known;
  }

  #call({ function_id, args }: Extract<TraceEvent, { type: "Call" }>["body"]): OpenCall {
    const named = args.map(({ variable_id, value }) => [this.#name(variable_id), value] as const);
    const activation = named.find(([name]) => name === "<activation>")?.[1].i;
    const key = `${this.thread} ${function_id} ${String(activation)}`;
    const line = this.interned.functions[function_id]?.line ?? 0;
    const call = this.#suspended.get(key) ?? { function: function_id, line, variables: new Map() };
    for (const [name, value] of named) if (name !== "<activation>") call.variables.set(name, value);
    if (activation !== undefined) this.#suspended.set(key, call);
    return call;
  }

  #name(id: number): string {
    return this.interned.variables[id] ?? `<${id}>`;
  }
}
