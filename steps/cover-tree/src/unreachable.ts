/** Closes a switch over a union: a new member does not compile until it has a case. */
export function unreachable(value: never): never {
  throw new TypeError(`Unexpected value: ${String(value)}`);
}
