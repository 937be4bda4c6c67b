import { TypeKind } from "../tracer/stream/type-kind.ts";
import type { EventFile } from "./event-file.ts";

/** What the types of plain values are called in the language of the program. */
export interface TypeNames {
  readonly int: string;
  readonly float: string;
  readonly string: string;
  readonly bool: string;
  readonly big: string;
}

const PLAIN: Readonly<Record<keyof TypeNames, number>> = {
  int: TypeKind.Int,
  float: TypeKind.Float,
  string: TypeKind.String,
  bool: TypeKind.Bool,
  big: TypeKind.Int,
};

/** Gives ids to paths, functions, variables and types, and writes each before it is first used. */
export class TraceTables {
  readonly paths: string[] = [];
  readonly #events: EventFile;
  readonly #pathIds = new Map<string, number>();
  readonly #functionIds = new Map<string, number>();
  readonly #variableIds = new Map<string, number>();
  readonly #typeIds = new Map<string, number>();
  readonly #names: TypeNames;
  readonly #plain: { -readonly [K in keyof TypeNames]?: number } = {};

  constructor(events: EventFile, names: TypeNames) {
    this.#events = events;
    this.#names = names;
  }

  path(path: string): number {
    return this.#intern(this.#pathIds, path, () => {
      this.paths.push(path);
      return { Path: path };
    });
  }

  function(pathId: number, line: number, name: string): number {
    return this.#intern(this.#functionIds, `${pathId} ${line} ${name}`, () => ({
      Function: { path_id: pathId, line, name },
    }));
  }

  variable(name: string): number {
    return this.#intern(this.#variableIds, name, () => ({ VariableName: name }));
  }

  type(kind: number, name: string, fields: readonly string[] = []): number {
    const isStruct = kind === TypeKind.Struct;
    const untold = isStruct ? this.type(TypeKind.Any, "any") : 0;
    return this.#intern(this.#typeIds, isStruct ? JSON.stringify([name, ...fields]) : `${kind} ${name}`, () => ({
      Type: {
        kind,
        lang_type: name,
        specific_info: isStruct
          ? { kind: "Struct", fields: fields.map((field) => ({ name: field, type_id: untold })) }
          : { kind: "None" },
      },
    }));
  }

  /** The type of a plain value. */
  plain(kind: keyof TypeNames): number {
    const known = this.#plain[kind];
    if (known !== undefined) return known;
    const id = this.type(PLAIN[kind], this.#names[kind]);
    this.#plain[kind] = id;
    return id;
  }

  #intern(ids: Map<string, number>, key: string, event: () => object): number {
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = ids.size;
    ids.set(key, id);
    this.#events.text(JSON.stringify(event()));
    return id;
  }
}
