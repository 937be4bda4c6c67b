/**
 * Refuses fields that a definition does not have: a misspelt one would be passed over in silence.
 *
 * @throws TypeError that names the first of them, and those that there are.
 */
export function requireKnownFields(definition: object, known: readonly string[]): void {
  const unknown = Object.keys(definition).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`\`${unknown}\` is no field of the definition. Its fields are ${known.join(", ")}.`);
}
