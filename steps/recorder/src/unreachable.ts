/** Stands at the end of a switch over a union: it does not compile where a case is missing. */
export function unreachable(value: never): never {
  throw new TypeError(`${String(value)} is not expected here.`);
}
