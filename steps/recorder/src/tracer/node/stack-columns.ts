import { lastIndexOfText, sliceText, uncurryThis } from "./primordials.ts";

/** `[column in the result, column in the source]` after each insertion, by line from 0. */
type Columns = ReadonlyMap<number, readonly (readonly [number, number])[]>;

const errorText = uncurryThis(Error.prototype.toString) as (self: unknown) => string;

/**
 * Keeps stack traces as they would be without instrumentation: the line is right already, and the column is put right
 * here. It stands where Node's own `Error.prepareStackTrace` stands, and writes what that writes.
 */
export class StackColumns {
  /** By the name of the file or its URL, then by line: plain records, which no method of the program's is needed for. */
  readonly #files: Record<string, Record<number, readonly (readonly [number, number])[]>> = Object.create(null);

  add(name: string, columns: Columns): void {
    this.#files[name] = Object.assign(Object.create(null), Object.fromEntries(columns));
  }

  install(): void {
    const original = Error.prepareStackTrace;
    Error.prepareStackTrace = (error, sites) =>
      this.#isOurs(sites) || original === undefined ? this.#stack(error, sites) : original(error, sites);
  }

  #isOurs(sites: readonly NodeJS.CallSite[]): boolean {
    for (let index = 0; index < sites.length; index += 1) {
      if (this.#columnsOf(sites[index]!) !== undefined) return true;
    }
    return false;
  }

  #stack(error: unknown, sites: readonly NodeJS.CallSite[]): string {
    let stack = headline(error);
    for (let index = 0; index < sites.length; index += 1) stack += `\n    at ${this.#line(sites[index]!)}`;
    return stack;
  }

  #columnsOf(site: NodeJS.CallSite): Record<number, readonly (readonly [number, number])[]> | undefined {
    const name = site.getFileName() ?? site.getEvalOrigin();
    return name === null || name === undefined ? undefined : this.#files[name];
  }

  #line(site: NodeJS.CallSite): string {
    const text = site.toString();
    const columns = this.#columnsOf(site);
    const line = site.getLineNumber();
    const column = site.getColumnNumber();
    if (columns === undefined || line === null || column === null) return text;
    const place = `:${line}:${column}`;
    const at = lastIndexOfText(text, place);
    if (at < 0) return text;
    const original = originalColumn(columns[line - 1] ?? [], column - 1) + 1;
    return `${sliceText(text, 0, at)}:${line}:${original}${sliceText(text, at + place.length)}`;
  }
}

/** The column of the source that a column of the instrumented code stands for; both from 0. */
function originalColumn(marks: readonly (readonly [number, number])[], column: number): number {
  let from = 0;
  let to = 0;
  for (let index = 0; index < marks.length; index += 1) {
    const generated = marks[index]![0];
    const original = marks[index]![1];
    if (generated > column) return to + column - from < original ? to + column - from : original;
    from = generated;
    to = original;
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
