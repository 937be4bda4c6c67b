/** Ends every switch over a union: does not compile while a case is missing. */
export function unreachable(value: never): never {
  throw new TypeError(`unexpected value: ${JSON.stringify(value)}`);
}
