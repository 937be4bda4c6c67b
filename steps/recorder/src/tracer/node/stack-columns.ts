import { uncurryThis } from "./primordials.ts";

type Columns = ReadonlyMap<number, readonly (readonly [number, number])[]>;

const errorText = uncurryThis(Error.prototype.toString) as (self: unknown) => string;

/**
 * Keeps stack traces as they would be without instrumentation: the line is right already, and the column is put right
 * here. It stands where Node's own `Error.prepareStackTrace` stands, and writes what that writes.
 */
export class StackColumns {
  readonly #files = new Map<string, Columns>();

  add(name: string, columns: Columns): void {
    this.#files.set(name, columns);
  }

  install(): void {
    const original = Error.prepareStackTrace;
    Error.prepareStackTrace = (error, sites) =>
      sites.some((site) => this.#columnsOf(site) !== undefined)
        ? [headline(error), ...sites.map((site) => `    at ${this.#line(site)}`)].join("\n")
        : original === undefined
          ? error.stack
          : original(error, sites);
  }

  #columnsOf(site: NodeJS.CallSite): Columns | undefined {
    const name = site.getFileName() ?? site.getEvalOrigin();
    return name === null || name === undefined ? undefined : this.#files.get(name);
  }

  #line(site: NodeJS.CallSite): string {
    const text = site.toString();
    const columns = this.#columnsOf(site);
    const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
    if (columns === undefined || line === null || column === null) return text;
    const place = `:${line}:${column}`;
    const at = text.lastIndexOf(place);
    const original = originalColumn(columns.get(line - 1), column - 1) + 1;
    return at < 0 ? text : `${text.slice(0, at)}:${line}:${original}${text.slice(at + place.length)}`;
  }
}

/** The column of the source that a column of the instrumented code stands for; both from 0. */
function originalColumn(marks: readonly (readonly [number, number])[] | undefined, column: number): number {
  let [from, to] = [0, 0];
  for (const [generated, original] of marks ?? []) {
    if (generated > column) return Math.min(to + column - from, original);
    [from, to] = [generated, original];
  }
  return to + column - from;
}

function headline(error: unknown): string {
  try {
    return errorText(error);
  } catch {
    return "<error>";
  }
}
