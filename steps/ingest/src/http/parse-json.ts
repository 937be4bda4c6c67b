declare global {
  // ECMAScript's proposal "JSON.parse source text access", which Node has since version 21 and TypeScript does not know
  // yet.
  interface JSON {
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
    rawJSON(text: string): object;
    isRawJSON(value: unknown): boolean;
  }
}

/** Parses JSON so that `JSON.stringify` gives numbers of more digits than a float holds as they were written. */
export function parseJson(text: string): unknown {
  if (!LONG.test(text)) return JSON.parse(text) as unknown;
  return JSON.parse(text, (_, value, { source }) =>
    typeof value === "number" && source !== undefined && LONG.test(source) ? JSON.rawJSON(source) : value,
  );
}

/** Sixteen digits or more, a point among them or not. */
const LONG = /\d(?:\.?\d){15}/;
