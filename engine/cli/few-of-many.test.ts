import { expect, it } from "vitest";
import { fewOfMany } from "./few-of-many.ts";

const instances = (phase: string, kind: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ phase, kind, at }));
const words = {
  phaseOf: ({ phase }: { readonly phase: string }) => phase,
  kindOf: ({ kind }: { readonly kind: string }) => kind,
};

it("tells small fan-outs whole, and of large ones the first of each kind", () => {
  const all = [
    ...instances("small", "a", 19),
    ...instances("small", "b", 1),
    ...instances("large", "a", 30),
    ...instances("large", "b", 2),
    ...instances("one", "a", 1),
  ];
  expect(fewOfMany(all, words).map(({ phase, told, more }) => [phase, told.map(({ at }) => at), more])).toEqual([
    ["small", [...Array.from({ length: 19 }, (_, at) => at), 0], 0],
    ["large", [0, 1, 2], 27],
    ["large", [0, 1], 0],
    ["one", [0], 0],
  ]);
});

it("takes more instances than a call takes arguments", () => {
  expect(fewOfMany(instances("large", "a", 200_000), words)).toMatchObject([{ more: 199_997 }]);
});
