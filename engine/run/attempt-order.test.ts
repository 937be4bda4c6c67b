import { expect, it } from "vitest";
import { commitToken, series } from "./attempt-order.ts";

const stock = { pipeline: "stock", state: null };
const load = { phase: "load", key: null };

it("the commit token tells the instances of a run, and runs, apart", () => {
  const all = [
    commitToken("a", load),
    commitToken("b", load),
    commitToken("a", { phase: "other", key: null }),
    commitToken("a", { phase: "load", key: "north" }),
  ];
  expect(new Set(all).size).toBe(all.length);
});

it("the series tells the instances of a pipeline and its states apart, and is the same in every run", () => {
  const all = [
    series(stock, load),
    series({ ...stock, state: "trial" }, load),
    series({ ...stock, pipeline: "other" }, load),
    series(stock, { phase: "other", key: null }),
    series(stock, { phase: "load", key: "north" }),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(series({ ...stock }, { ...load })).toBe(all[0]);
});
