import { JSON_SCHEMA, load } from "js-yaml";
import { roundedNumber } from "./rounded-number.ts";

/** The value of a YAML scalar or flow collection, as `2`, `true`, `text` or `[1, 2]`; plain text where it is none. */
export function parseScalar(text: string): unknown {
  if (text === "") return "";
  try {
    const value = load(text, { schema: JSON_SCHEMA });
    // With more digits than a number keeps, the text itself is what was meant.
    return roundedNumber(text, value) === undefined ? value : text;
  } catch {
    return text;
  }
}
