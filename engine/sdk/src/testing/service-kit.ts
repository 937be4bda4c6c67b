import type { Token } from "../token.ts";

/** What every provider of a token must do: checks by name, each of which throws where the service does otherwise. */
export interface ServiceKit<T> {
  readonly token: string;
  readonly checks: Readonly<Record<string, (service: T) => void | Promise<void>>>;
}

/**
 * Defines the kit of a kind of services. Whoever owns a token exports its kit from the package's `/testing` entry, so
 * that whoever provides the service has one call to make:
 *
 *     export const distanceKit = defineServiceKit(Distance, {
 *       "is zero for equal points": (distance) => assert.equal(distance([1, 2], [1, 2]), 0),
 *     });
 *     test("conforms", () => describeConformance(minkowski, { kit: distanceKit, options: { p: 1 } }));
 */
export function defineServiceKit<T>(token: Token<T>, checks: ServiceKit<T>["checks"]): ServiceKit<T> {
  return Object.freeze({ token: token.token, checks });
}
