import type { TraceEvent } from "./trace-event.ts";

/** What the events of a trace refer to by number. */
export class Interned {
  readonly paths: string[] = [];
  readonly functions: { readonly path: string; readonly line: number; readonly name: string }[] = [];
  readonly variables: string[] = [];
  readonly types: { readonly name: string; readonly fields: readonly string[] }[] = [];

  /** Takes the event, if it is one that names something. */
  take(event: TraceEvent): boolean {
    switch (event.type) {
      case "Path":
        this.paths.push(event.body);
        return true;
      case "Function":
        this.functions.push({ ...event.body, path: this.paths[event.body.path_id] ?? "" });
        return true;
      case "VariableName":
        this.variables.push(event.body);
        return true;
      case "Type": {
        const fields = (event.body.specific_info.fields ?? []).map(({ name }) => name);
        this.types.push({ name: event.body.lang_type, fields });
        return true;
      }
      default:
        return false;
    }
  }
}
