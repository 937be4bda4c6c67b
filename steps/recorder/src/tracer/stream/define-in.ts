import type { TraceTables } from "../../writer/trace-tables.ts";
import { Definition } from "./format.ts";
import type { Realm } from "./realm.ts";
import type { WordReader } from "./word-reader.ts";

/** Takes one definition into a realm. */
export function defineIn(realm: Realm, kind: number, reader: WordReader, tables: TraceTables): void {
  switch (kind) {
    case Definition.path:
      realm.paths.push(tables.path(reader.text()));
      return;
    case Definition.function: {
      const [path, line, name] = [reader.word(), reader.word(), reader.text()];
      realm.functions.push(tables.function(realm.paths[path] ?? 0, line, name));
      return;
    }
    case Definition.site: {
      const path = realm.paths[reader.word()] ?? 0;
      const line = reader.word();
      realm.sites.push({ path, line, event: Buffer.from(`{"Step":{"path_id":${path},"line":${line}}}`) });
      return;
    }
    case Definition.variable:
      realm.variables.push(tables.variable(reader.text()));
      return;
    case Definition.type: {
      const [typeKind, name] = [reader.word(), reader.text()];
      const fields = Array.from({ length: reader.word() }, () => reader.text());
      realm.types.push(tables.type(typeKind, name, fields));
      return;
    }
    default:
      throw new RangeError(`${kind} is no definition`);
  }
}
