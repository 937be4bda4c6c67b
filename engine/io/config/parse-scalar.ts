import { JSON_SCHEMA, load } from "js-yaml";

/** The value of a YAML scalar or flow collection, as `2`, `true`, `text` or `[1, 2]`; plain text where it is none. */
export function parseScalar(text: string): unknown {
  if (text === "") return "";
  try {
    return load(text, { schema: JSON_SCHEMA });
  } catch {
    return text;
  }
}
