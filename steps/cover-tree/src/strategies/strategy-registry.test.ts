import { describe, expect, it } from "vitest";
import { type Strategy, StrategyRegistry } from "./strategy-registry.ts";

function strategy(name: string, predicate: (size: number) => boolean): Strategy<number, string> {
  return { name, origin: "test", predicate, create: (size) => `${name} of ${size}` };
}

const small = strategy("small", (size) => size < 10);
const any = strategy("any", () => true);

describe("a registry of strategies", () => {
  it("takes the first whose predicate is true", () => {
    const registry = new StrategyRegistry("size", [small, any]);
    expect(registry.select(3, () => {})).toEqual({ name: "small", made: "small of 3" });
    expect(registry.select(30, () => {})).toEqual({ name: "any", made: "any of 30" });
  });

  it("tells of a predicate that throws, and goes on to the next", () => {
    const broken = strategy("broken", () => {
      throw new Error("no idea");
    });
    const told: string[] = [];
    const registry = new StrategyRegistry("size", [broken, any]);
    expect(registry.select(1, (message) => told.push(message)).name).toBe("any");
    expect(told).toEqual(['The size "broken" of test is skipped: its predicate threw: no idea']);
    expect(registry.serves(1)).toBe(true);
  });

  it("replaces one of the same name by the new one, at the end", () => {
    const registry = new StrategyRegistry("size", [small, any]);
    registry.register(strategy("small", () => true));
    expect(registry.describe()).toEqual([
      { name: "any", origin: "test" },
      { name: "small", origin: "test" },
    ]);
  });

  it("forgets what is taken out", () => {
    const registry = new StrategyRegistry("size", [small, any]);
    expect(registry.deregister("any")).toBe(true);
    expect(registry.deregister("any")).toBe(false);
    expect(registry.serves(30)).toBe(false);
    expect(() => registry.select(30, () => {})).toThrow("No size serves here; there is small.");
  });
});
