/** The kinds of types that a trace knows, by the numbers of the CodeTracer format. */
export const TypeKind = {
  Seq: 0,
  Set: 1,
  Array: 4,
  Struct: 6,
  Int: 7,
  Float: 8,
  String: 9,
  Bool: 12,
  Raw: 16,
  TableKind: 21,
  Error: 24,
  FunctionKind: 25,
  Tuple: 27,
  None: 30,
  Any: 32,
} as const;
