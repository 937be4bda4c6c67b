import { digestJson, type PhaseManifest } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { diffJson, explain, type Present } from "./explain.ts";

const parts = {
  code: digestJson("code"),
  config: digestJson("config"),
  "inputs.images": digestJson("images"),
  "inputs.parts": digestJson("parts"),
  "seeds.order": digestJson(1),
  "env.LANG": digestJson("C"),
  platform: digestJson("here"),
};
const other = digestJson("other");

const earlier: PhaseManifest = {
  schema: "orchestrate.manifest/1",
  run: "r",
  pipeline: "p",
  phase: "train",
  key: null,
  attempt: 1,
  step: { name: "s", plugin: "p", version: "1.0.0", code: parts.code },
  fingerprint: { digest: digestJson(parts), parts },
  config: { epochs: 8, net: { width: 4 }, tags: ["a"] },
  seeds: { order: 1 },
  services: {},
  inputs: {
    images: { phase: "images", output: "images", digest: parts["inputs.images"], manifest: digestJson("m") },
    parts: {
      gather: [
        { phase: "fold", key: "a", output: "part", digest: digestJson("a"), manifest: digestJson("m") },
        { phase: "fold", key: "b", output: "part", digest: digestJson("b"), manifest: digestJson("m") },
      ],
    },
  },
  outputs: {},
  metrics: {},
  durability: "strict",
  reused: null,
  git: null,
  environment: { node: "24.21.0", platform: "linux", arch: "x64" },
  env: ["LANG"],
  started: "2026-11-21T20:42:35.000Z",
  finished: "2026-11-21T20:42:36.000Z",
};
const files = { "train.js": digestJson("train"), "net.js": digestJson("net"), "npm:zod": "4.6.7" };

function present(changed: Record<string, typeof other | undefined>, rest: Partial<Present> = {}): Present {
  const now = Object.fromEntries(Object.entries({ ...parts, ...changed }).filter((entry) => entry[1] !== undefined));
  return {
    fingerprint: { digest: digestJson(now), parts: now as typeof parts },
    config: earlier.config as Present["config"],
    item: undefined,
    seeds: earlier.seeds,
    files,
    gathered: {},
    ...rest,
  };
}

describe("the differences to an earlier phase", () => {
  it.each<[name: string, now: Present, changes: readonly object[]]>([
    ["none", present({}), []],
    [
      "a field of the config",
      present({ config: other }, { config: { epochs: 2, net: { width: 4 }, tags: ["a"] } }),
      [{ part: "config", field: "epochs", before: 8, after: 2 }],
    ],
    [
      "fields of the config, below, new and gone",
      present({ config: other }, { config: { epochs: 8, net: { width: 5 }, lr: 0.1 } }),
      [
        { part: "config", field: "net.width", before: 4, after: 5 },
        { part: "config", field: "tags", before: ["a"], after: null },
        { part: "config", field: "lr", before: null, after: 0.1 },
      ],
    ],
    [
      "an item where there was none",
      present({ item: other }, { item: { lr: 0.1 } }),
      [{ part: "item", field: "", before: null, after: { lr: 0.1 } }],
    ],
    [
      "an item that is null where there was none",
      present({ item: other }, { item: null }),
      [{ part: "item", field: null, before: null, after: other }],
    ],
    [
      "a file of the code and a package",
      present({ code: other }, { files: { ...files, "net.js": other, "npm:zod": "4.7.0" } }),
      [
        { part: "code", field: "net.js", before: files["net.js"], after: other },
        { part: "code", field: "npm:zod", before: "4.6.7", after: "4.7.0" },
      ],
    ],
    [
      "code of which the files are not to be told",
      present({ code: other }),
      [{ part: "code", field: null, before: parts.code, after: other }],
    ],
    [
      "an input",
      present({ "inputs.images": other }),
      [{ part: "inputs.images", field: null, before: parts["inputs.images"], after: other }],
    ],
    [
      "an input that is new and one that is gone",
      present({ "inputs.images": undefined, "inputs.base": other }),
      [
        { part: "inputs.images", field: null, before: parts["inputs.images"], after: null },
        { part: "inputs.base", field: null, before: null, after: other },
      ],
    ],
    [
      "a seed that is new and one that is gone",
      present({ "seeds.order": undefined, "seeds.weights": other }, { seeds: { weights: 7 } }),
      [
        { part: "seeds.order", field: null, before: 1, after: null },
        { part: "seeds.weights", field: null, before: null, after: 7 },
      ],
    ],
    [
      "instances that are gathered: changed, gone and new",
      present(
        { "inputs.parts": other },
        {
          gathered: {
            parts: new Map([
              ["c", other],
              ["a", other],
            ]),
          },
        },
      ),
      [
        { part: "inputs.parts", field: "a", before: digestJson("a"), after: other },
        { part: "inputs.parts", field: "b", before: digestJson("b"), after: null },
        { part: "inputs.parts", field: "c", before: null, after: other },
      ],
    ],
    [
      "one instance of those that are gathered",
      present(
        { "inputs.parts": other },
        {
          gathered: {
            parts: new Map([
              ["a", digestJson("a")],
              ["b", other],
            ]),
          },
        },
      ),
      [{ part: "inputs.parts", field: "b", before: digestJson("b"), after: other }],
    ],
    [
      "the order in which instances are gathered",
      present(
        { "inputs.parts": other },
        {
          gathered: {
            parts: new Map([
              ["b", digestJson("b")],
              ["a", digestJson("a")],
            ]),
          },
        },
      ),
      [{ part: "inputs.parts", field: null, before: ["a", "b"], after: ["b", "a"] }],
    ],
    [
      "a gathered input that is wired to one artifact now",
      present({ "inputs.parts": other }),
      [{ part: "inputs.parts", field: null, before: parts["inputs.parts"], after: other }],
    ],
    [
      "an input that gathers now and was wired to one artifact",
      present({ "inputs.images": other }, { gathered: { images: new Map([["a", other]]) } }),
      [{ part: "inputs.images", field: null, before: parts["inputs.images"], after: other }],
    ],
    [
      "a seed, as a number",
      present({ "seeds.order": other }, { seeds: { order: 7 } }),
      [{ part: "seeds.order", field: null, before: 1, after: 7 }],
    ],
    [
      "a variable, never its value",
      present({ "env.LANG": other }),
      [{ part: "env.LANG", field: null, before: parts["env.LANG"], after: other }],
    ],
    [
      "the platform",
      present({ platform: other }),
      [{ part: "platform", field: null, before: parts.platform, after: other }],
    ],
  ])("%s", (_, now, changes) => {
    expect(explain(now, earlier, files)).toEqual(changes);
  });

  it("names the fields of the item", () => {
    const items = { ...earlier.fingerprint.parts, item: digestJson({ lr: 0.1, width: 4 }) };
    const fanned = {
      ...earlier,
      item: { lr: 0.1, width: 4 },
      fingerprint: { digest: digestJson(items), parts: items },
    };
    const now = present({ item: other }, { item: { lr: 0.2, width: 4, opt: "adam" } });
    expect(explain(now, fanned, files)).toEqual([
      { part: "item", field: "lr", before: 0.1, after: 0.2 },
      { part: "item", field: "opt", before: null, after: "adam" },
    ]);
    expect(explain(present({}), fanned, files)).toEqual([
      { part: "item", field: "", before: { lr: 0.1, width: 4 }, after: null },
    ]);
  });

  it("names no file where the earlier ones are not known", () => {
    const now = present({ code: other }, { files: { ...files, "net.js": other } });
    expect(explain(now, earlier, undefined)).toEqual([{ part: "code", field: null, before: parts.code, after: other }]);
  });
});

describe("the difference of two JSON values", () => {
  it.each([
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, []],
    [{ a: [1, 2] }, { a: [2, 1] }, [{ field: "a", before: [1, 2], after: [2, 1] }]],
    [{ a: { b: 1 } }, { a: 5 }, [{ field: "a", before: { b: 1 }, after: 5 }]],
    [{ a: 5 }, { a: { b: 1 } }, [{ field: "a", before: 5, after: { b: 1 } }]],
    [{ a: null }, { a: { b: 1 } }, [{ field: "a", before: null, after: { b: 1 } }]],
    [{ a: { b: 1 } }, { a: null }, [{ field: "a", before: { b: 1 }, after: null }]],
    [{ a: [1] }, { a: { b: 1 } }, [{ field: "a", before: [1], after: { b: 1 } }]],
    [{ a: { b: { c: 1 } } }, { a: { b: {} } }, [{ field: "a.b.c", before: 1, after: null }]],
    [1, 2, [{ field: "", before: 1, after: 2 }]],
  ])("%j and %j", (before, after, changes) => {
    expect(diffJson(before, after, "")).toEqual(changes);
  });
});
