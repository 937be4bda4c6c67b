import type { Context } from "./walk.ts";

/** The call that tells of a step at this offset, as an expression. */
export function stepText(offset: number, { file, scope }: Context): string {
  const { probe, activation, registry } = file;
  const readable = file.recordsValues ? scope.readable() : [];
  const slots = readable.map(({ slot }) => slot);
  const site = registry.site(file.lineOf(offset), slots);
  if (slots.length === 0) return `${probe}.s(${activation},${site})`;
  const given = readable.filter(({ slot }) => slot.action === "allow").map(({ name }) => `,${name}`);
  return `${probe}.v(${activation},${site}${given.join("")})`;
}
