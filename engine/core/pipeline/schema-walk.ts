/** The part of a zod schema's definition that a walk through it needs. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly valueType?: unknown;
  readonly element?: unknown;
  readonly options?: readonly unknown[];
  readonly innerType?: unknown;
}

/** The schema of what lies at `path`, as far as it can be told; the keys of records and lists are stepped over. */
export function schemaAt(schema: unknown, path: readonly (string | number)[]): unknown {
  let at = schema;
  for (const part of path) {
    const definition = definitionOf(at);
    at = definition?.shape?.[String(part)] ?? definition?.valueType ?? definition?.element;
  }
  return at;
}

/** One of the forms that a union allows. */
export function unionOption(schema: unknown, index: number): unknown {
  return definitionOf(schema)?.options?.[index];
}

/** The keys that an object schema knows, or the objects of a union. */
export function knownKeys(schema: unknown): readonly string[] {
  const definition = definitionOf(schema);
  if (definition?.options !== undefined) return definition.options.flatMap(knownKeys);
  return Object.keys(definition?.shape ?? {});
}

function definitionOf(schema: unknown): Definition | undefined {
  let definition = (schema as { readonly def?: Definition } | undefined)?.def;
  while (definition?.innerType !== undefined) definition = (definition.innerType as { readonly def?: Definition }).def;
  return definition;
}
