/** The value of a JSON text; undefined where it is none, as a line that a kill cut short. */
export function plainJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
