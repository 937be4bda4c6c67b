import { describe, expect, it } from "vitest";
import { issuesOf } from "../testing/issues-of.ts";
import { resolved } from "../testing/resolved.ts";
import { type Profile, parseProfile } from "./overlay.ts";
import type { Pipeline } from "./pipeline.ts";
import { resolvePipeline } from "./resolve-pipeline.ts";

const document = {
  pipeline: "p",
  seed: 1,
  phases: {
    train: {
      step: "vision/train",
      with: { epochs: 8, net: { width: 4, depth: 2 } },
      inputs: { images: "data.images" },
    },
    data: { step: "vision/data", env: ["A", "B"] },
  },
};

function profile(said: object): Profile {
  const parsed = parseProfile({ profile: "fast", description: "d", workload: "w", ...said }, "profiles/fast.yaml");
  if ("issues" in parsed) throw new Error(JSON.stringify(parsed.issues));
  return parsed.profile;
}

const laid = (said: object): Pipeline => resolved(document, { profile: profile(said) });

describe("a profile laid over a pipeline", () => {
  it("sets options", () => {
    const { seed, options } = laid({ seed: 7, durability: "relaxed", reuse: "copy", verify: "digest", concurrency: 2 });
    expect(seed).toBe(7);
    expect(options).toEqual({ durability: "relaxed", reuse: "copy", verify: "digest", concurrency: 2 });
  });

  it("merges maps key by key and replaces the rest", () => {
    const { phases } = laid({ phases: { train: { with: { net: { width: 1 } } }, data: { env: ["C"] } } });
    expect(phases.get("train")!.with).toEqual({ epochs: 8, net: { width: 1, depth: 2 } });
    expect(phases.get("data")!.env).toEqual(["C"]);
  });

  it("says by step what it says of every phase of that step, under what it says by phase", () => {
    const { phases } = laid({
      steps: { "vision/train": { with: { epochs: 1, fast: true } }, "vision/unused": { cache: false } },
      phases: { train: { with: { epochs: 2 } } },
    });
    expect(phases.get("train")!.with).toEqual({ epochs: 2, fast: true, net: { width: 4, depth: 2 } });
    expect(phases.get("data")!.cache).toBe(true);
  });

  it("replaces the wiring of an input as a whole, and leaves the other inputs", () => {
    const data = { step: "x", inputs: { a: { path: "p" }, b: { path: "q" } } };
    const wired = { ...document, phases: { ...document.phases, data } };
    const said = { phases: { data: { inputs: { a: { previous: "data.b" }, c: "train.d" } } } };
    expect(resolved(wired, { profile: profile(said) }).phases.get("data")!.inputs).toEqual({
      a: { from: "previous", phase: "data", output: "b" },
      b: { from: "path", path: "q" },
      c: { from: "phase", phase: "train", output: "d", gather: "one" },
    });
    expect(laid({ phases: { data: { inputs: { a: { path: "p" } } } } }).phases.get("data")!.inputs).toEqual({
      a: { from: "path", path: "p" },
    });
  });

  it.each([
    ["a map by a text", { use: "embedded", with: { threads: 2 } }, "external", { use: "external", with: {} }],
    ["a text by a map", "external", { use: "embedded" }, { use: "embedded", with: {} }],
  ])("replaces %s", (_, written, said, read) => {
    const before = { ...document, services: { "x/y": written } };
    expect(resolved(before, { profile: profile({ services: { "x/y": said } }) }).services).toEqual({ "x/y": read });
  });

  it("changes nothing by what it leaves undefined", () => {
    expect(laid({ seed: undefined, phases: { data: { env: undefined } } })).toEqual(resolved(document));
  });

  it("leaves the pipeline's own document as it was", () => {
    const before = structuredClone(document);
    laid({ phases: { train: { with: { epochs: 1 } } } });
    expect(document).toEqual(before);
  });

  it("refuses a phase that the pipeline does not have", () => {
    expect(issuesOf(() => laid({ phases: { trian: { cache: false } } }))).toEqual([
      'profiles/fast.yaml phases.trian: the profile speaks of a phase "trian" that the pipeline does not have.',
      'Did you mean "train"?',
    ]);
  });

  it("lays nothing over a phase called like a property of every object", () => {
    const odd = { pipeline: "p", phases: { constructor: { step: "toString" } } };
    expect(resolved(odd, { profile: profile({ steps: {}, phases: {} }) }).phases.get("constructor")!.step).toBe(
      "toString",
    );
  });
});

describe("a profile's document", () => {
  it.each([
    [{}, [["profile"], ["description"], ["workload"]]],
    [{ profile: "p", description: "d", workload: "w", phases: { a: { wiht: {} } } }, [["phases", "a", "wiht"]]],
    [{ profile: "p", description: "d", workload: "w", steps: { s: { inputs: {} } } }, [["steps", "s", "inputs"]]],
  ])("%j is refused", (written, paths) => {
    const parsed = parseProfile(written, "p.yaml");
    expect("issues" in parsed && parsed.issues.map(({ path }) => path)).toEqual(paths);
  });

  it("suggests the key that was meant", () => {
    const parsed = parseProfile({ profile: "p", description: "d", worklod: "w" }, "p.yaml");
    expect("issues" in parsed && parsed.issues.map(({ message, hint }) => message + hint)).toEqual([
      "is missing.",
      'this key is not known.Did you mean "workload"?',
    ]);
  });
});

describe("what is wrong is said of", () => {
  const { originOf } = resolvePipeline(document, {
    profile: profile({
      services: { "vision/trainer": "external" },
      steps: { "vision/train": { with: { net: { width: 1 } } } },
      phases: { data: { env: ["C"] } },
    }),
    overrides: [
      { path: ["train", "with", "epochs"], value: 3, origin: "--set train.with.epochs=3" },
      { path: ["train", "inputs", "images", "path"], value: "p", origin: "--set train.inputs.images.path=p" },
      { path: ["train", "retry"], value: { attempts: 2 }, origin: "--set train.retry={…}" },
    ],
    seed: undefined,
  });

  it.each<[path: (string | number)[], origin: string | undefined]>([
    [["services", "vision/trainer"], "profiles/fast.yaml"],
    [["phases", "train", "with", "net", "width"], "profiles/fast.yaml"],
    [["phases", "data", "env", 0], "profiles/fast.yaml"],
    [["phases", "train", "with", "epochs"], "--set train.with.epochs=3"],
    [["phases", "train", "inputs", "images"], "--set train.inputs.images.path=p"],
    [["phases", "train", "inputs"], "--set train.inputs.images.path=p"],
    [["phases", "train", "retry", "attempts"], "--set train.retry={…}"],
    [["phases", "train", "with", "net", "depth"], undefined],
    [["phases", "data", "step"], undefined],
    [["phases", "train"], undefined],
    [["phases", "gone", "with"], undefined],
    [["seed"], undefined],
  ])("%j: the profile or override that laid it, or else the pipeline", (path, origin) => {
    expect(originOf({ path, message: "is wrong.", hint: "" })).toBe(origin);
  });
});
