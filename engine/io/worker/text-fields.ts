/** Fields of an error, where each of them is text; what is thrown may itself throw where it is looked at. */
export function textFields<const N extends string>(
  error: unknown,
  names: readonly N[],
): Readonly<Record<N, string>> | undefined {
  try {
    if (!(error instanceof Error)) return undefined;
    const fields = names.map((name): [string, unknown] => [name, Reflect.get(error, name)]);
    if (fields.some(([, value]) => typeof value !== "string")) return undefined;
    return Object.fromEntries(fields) as Readonly<Record<N, string>>;
  } catch {
    return undefined;
  }
}
