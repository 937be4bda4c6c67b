/** How a program is started so that it is recorded; to be disposed of when it has ended. */
export interface Launch extends AsyncDisposable {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What its language calls the types of plain values. */
export const TYPE_NAMES = {
  node: { int: "number", float: "number", string: "string", bool: "boolean", big: "bigint" },
  python: { int: "int", float: "float", string: "str", bool: "bool", big: "int" },
} as const;
