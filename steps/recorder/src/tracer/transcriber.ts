import type { EventFile } from "../writer/event-file.ts";
import { EventKind } from "../writer/event-kind.ts";
import { TraceTables, type TypeNames } from "../writer/trace-tables.ts";
import { type ValueTextOptions, valueText } from "../writer/value-text.ts";
import { RecordingStats } from "./recording-stats.ts";
import { defineIn } from "./stream/define-in.ts";
import { Counter, Ending, Op } from "./stream/format.ts";
import { Realm } from "./stream/realm.ts";
import { RecordedThread } from "./stream/recorded-thread.ts";
import { TypeKind } from "./stream/type-kind.ts";
import { WordReader } from "./stream/word-reader.ts";

export interface TranscriberOptions {
  readonly events: EventFile;
  readonly program: string;
  readonly names: TypeNames;
  readonly recordsValues: boolean;
  /** Replaces the phase's secrets in a text. */
  readonly mask: (text: string) => string;
  /** Takes what is told of the program's output. */
  readonly onOutput?: (stream: number, text: string) => void;
  /** Takes what the tracer has to say. */
  readonly onNote: (text: string) => void;
}

/**
 * Writes what a stream tells as events of the trace. Every thread begins with a call of `<top-level>`, and all that is
 * open at the end is closed, so that calls and returns are balanced whatever ended the program.
 */
export class Transcriber {
  readonly stats = new RecordingStats();
  readonly tables: TraceTables;
  readonly #options: TranscriberOptions;
  readonly #events: EventFile;
  readonly #realms = new Map<number, Realm>();
  readonly #threads = new Map<number, RecordedThread>();
  readonly #none: string;
  readonly #topLevel: number;
  #thread: RecordedThread | undefined;

  constructor(options: TranscriberOptions) {
    this.#options = options;
    this.#events = options.events;
    this.tables = new TraceTables(options.events, options.names);
    this.#none = `{"kind":"None","type_id":${this.tables.type(TypeKind.None, "None")}}`;
    this.#topLevel = this.tables.function(this.tables.path(options.program), 1, "<top-level>");
    this.#switchTo(0);
  }

  /**
   * Takes one whole frame: `words[begin]` to `words[end]`, without its header. @throws RangeError where it is damaged.
   */
  frame(realmId: number, threadId: number, words: Uint32Array, begin: number, end: number): void {
    const realm = this.#realm(realmId);
    const reader = new WordReader(words, begin, end);
    if ((words[begin]! & 15) !== Op.define) this.#switchTo(threadId);
    const values = this.#valuesOf(realm);
    const { sites } = realm;
    while (!reader.ended) {
      const word = reader.word();
      if ((word & 15) === Op.step) {
        const site = sites[word >>> 4];
        if (site === undefined) throw new RangeError(`the site ${word >>> 4} was not defined`);
        this.#events.bytes(site.event);
        this.#thread!.path = site.path;
        this.#thread!.line = site.line;
        this.stats.steps += 1;
      } else this.#record(word & 15, word >>> 4, reader, realm, values);
    }
  }

  /** Closes all that is open. */
  finish(): void {
    for (const thread of this.#threads.values()) {
      if (thread.exited) continue;
      this.#switchTo(thread.id);
      for (; thread.depth > 0; thread.leave()) this.#events.text(`{"Return":{"return_value":${this.#none}}}`);
      this.#events.text(`{"Return":{"return_value":${this.#none}}}`);
      this.#events.text(`{"ThreadExit":${thread.id}}`);
      thread.exited = true;
    }
  }

  #record(op: number, operand: number, reader: WordReader, realm: Realm, values: ValueTextOptions): void {
    switch (op) {
      case Op.call:
        this.#call(known(realm.functions, operand, "function"), reader, realm, values);
        return;
      case Op.return:
        this.#return(operand, reader, values);
        return;
      case Op.value:
        this.stats.values += 1;
        this.#value(known(realm.variables, operand, "variable"), valueText(reader, values));
        return;
      case Op.define:
        defineIn(realm, operand, reader, this.tables);
        return;
      case Op.output:
        this.#told(operand, this.#options.mask(reader.text()));
        return;
      case Op.thread:
        return;
      case Op.exception:
        this.stats.exceptions += 1;
        this.#event(EventKind.error, {}, this.#options.mask(reader.text()));
        return;
      case Op.count:
        this.#count(operand, reader.word());
        return;
      case Op.note:
        this.#options.onNote(reader.text());
        return;
      default:
        throw new RangeError(`${op} is no operation`);
    }
  }

  #call(fn: number, reader: WordReader, realm: Realm, values: ValueTextOptions): void {
    const activation = reader.word();
    const args: string[] = [];
    for (let left = reader.word(); left > 0; left -= 1) {
      const variable = known(realm.variables, reader.word(), "variable");
      args.push(`{"variable_id":${variable},"value":${valueText(reader, values)}}`);
    }
    if (activation > 0) {
      const type = this.tables.plain("int");
      const variable = this.tables.variable("<activation>");
      args.push(`{"variable_id":${variable},"value":{"kind":"Int","i":${activation},"type_id":${type}}}`);
    }
    this.#events.text(`{"Call":{"function_id":${fn},"args":[${args.join(",")}]}}`);
    this.#thread!.enter();
    this.stats.calls += 1;
  }

  #return(ending: number, reader: WordReader, values: ValueTextOptions): void {
    const value = valueText(reader, values);
    const thread = this.#thread!;
    if (thread.depth === 0) return;
    thread.leave();
    this.stats.returns += 1;
    if (this.#options.recordsValues && ending === Ending.returned) {
      this.#value(this.tables.variable("<return_value>"), value);
    }
    this.#events.text(`{"Return":{"return_value":${value}}}`);
  }

  #value(variable: number, value: string): void {
    this.#events.text(`{"Value":{"variable_id":${variable},"value":${value}}}`);
  }

  #told(stream: number, content: string): void {
    this.#options.onOutput?.(stream, content);
    this.output(stream, content, []);
  }

  /** Output of the program, where the thread stands that was told of last. */
  output(stream: number, content: string, flags: readonly string[]): void {
    this.stats.writes += 1;
    const [kind, name] = [
      [EventKind.write, "stdout"],
      [EventKind.writeOther, "stderr"],
    ][stream] as [number, string];
    this.#event(kind, { stream: name, flags: [...(content.endsWith("\n") ? ["newline"] : []), ...flags] }, content);
  }

  #event(kind: number, metadata: object, content: string): void {
    const { id, path, line } = this.#thread!;
    const where = JSON.stringify({ ...metadata, thread: id, path_id: path, line });
    this.#events.text(JSON.stringify({ Event: { kind, metadata: where, content } }));
  }

  #count(counter: number, count: number): void {
    if (counter === Counter.scopesSkipped) this.stats.scopesSkipped += count;
    else if (counter >= Counter.eventsLost) this.stats.eventsLost += count;
    else this.stats.withheld("dropped", counter - Counter.dropped, count);
  }

  #switchTo(threadId: number): void {
    if (this.#thread?.id === threadId) return;
    const known = this.#threads.get(threadId);
    const thread = known ?? new RecordedThread(threadId);
    this.#thread = thread;
    if (known === undefined) {
      this.#threads.set(threadId, thread);
      this.#events.text(`{"ThreadStart":${threadId}}`);
    }
    this.#events.text(`{"ThreadSwitch":${threadId}}`);
    if (known === undefined) this.#events.text(`{"Call":{"function_id":${this.#topLevel},"args":[]}}`);
  }

  #realm(id: number): Realm {
    const known = this.#realms.get(id) ?? new Realm();
    this.#realms.set(id, known);
    return known;
  }

  #valuesOf(realm: Realm): ValueTextOptions {
    return {
      tables: this.tables,
      mask: this.#options.mask,
      typeOf: (type) => known(realm.types, type, "type"),
      onWithheld: (what, kind) => this.stats.withheld(what, kind, 1),
    };
  }
}

function known(ids: readonly number[], id: number, what: string): number {
  const found = ids[id];
  if (found === undefined) throw new RangeError(`the ${what} ${id} was not defined`);
  return found;
}
