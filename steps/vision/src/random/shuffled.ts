import type { Generator } from "./generator.ts";

/** A copy of `items` in random order (Fisher and Yates); every order is equally likely. */
export function shuffled<T>(items: readonly T[], random: Generator): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const chosen = random.below(last + 1);
    [result[last], result[chosen]] = [result[chosen]!, result[last]!];
  }
  return result;
}
