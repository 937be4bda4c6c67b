import { digestJson } from "@orchestrate/manifests";
import { expect, it } from "vitest";
import { attemptOrder, commitToken, series } from "./attempt-order.ts";
import { RunRig } from "./fixtures/run-rig.ts";
import type { PreparedFacts } from "./prepare-instances.ts";

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

it("an attempt is told its instance, what is set of its environment, and the outputs that the pipeline names", () => {
  using rig = new RunRig({
    all: { outputs: { log2: "log2.txt", tree: "tree/" } },
    fan: { step: "made-up/images", each: [1, 2], key: "k${item}" },
  });
  const place = {
    number: 2,
    phaseDirectory: "/r/phases/p",
    staging: "/r/phases/p/attempt-2",
    lasting: Promise.resolve(),
  };
  const facts: PreparedFacts = {
    config: { value: { top: 3 }, digest: digestJson({ top: 3 }) },
    sources: {},
    services: {},
    env: { LANG: "C", NOT_SET: null },
    files: {},
    version: null,
    code: { named: {}, digests: {}, sources: [] },
    options: new Map(),
  };
  const order = (phase: string, key: string | null, item: number | undefined) =>
    attemptOrder(rig.scope(), {
      instance: { id: phase, phase, key, item, config: {}, seedKey: undefined, inputs: {} },
      place,
      facts,
      fingerprint: { digest: digestJson(""), parts: {} },
      inputs: { text: { input: { is: "absent" }, record: undefined, guard: [] } },
    });
  const whole = order("all", null, undefined);
  expect(whole).toMatchObject({
    attempt: "run/all/2",
    log: "/r/phases/p/log.ndjson",
    config: { top: 3 },
    inputs: { text: { is: "absent" } },
    outputs: { log2: { path: "log2.txt", form: "file" }, tree: { path: "tree", form: "directory" } },
    env: { LANG: "C" },
  });
  expect(whole.env).not.toHaveProperty("NOT_SET");
  expect(whole).not.toHaveProperty("item");
  expect(order("fan", "k1", 1)).toMatchObject({ attempt: "run/fan/k1/2", item: 1, outputs: {} });
});
