import { describe, expect, it } from "vitest";
import { issuesOf } from "../testing/issues-of.ts";
import { resolved } from "../testing/resolved.ts";

const phase = (fields: object) => ({ pipeline: "p", phases: { train: { step: "x", ...fields } } });

const refused: readonly [name: string, document: unknown, told: readonly string[]][] = [
  ["a list", [], ["pipeline must be a map."]],
  ["nothing", {}, ["pipeline pipeline: is missing.", "pipeline phases: is missing."]],
  [
    "a name with a space",
    { pipeline: "my pipeline", phases: { a: { step: "x" } } },
    ["pipeline pipeline: must begin with a letter and hold only letters, digits, . _ and -, at most 100."],
  ],
  [
    "names that are too long",
    { pipeline: `p${"p".repeat(100)}`, state: "s".repeat(101), phases: { [`a${"a".repeat(100)}`]: { step: "x" } } },
    [
      "pipeline pipeline: must begin with a letter and hold only letters, digits, . _ and -, at most 100.",
      "pipeline state: must hold only letters, digits, . _ and -, at most 100.",
      `pipeline phases.a${"a".repeat(100)}: must begin with a letter and hold only letters, digits, - and _, at most 100.`,
    ],
  ],
  ["no phases", { pipeline: "p", phases: {} }, ["pipeline phases: there are no phases.", "Add a phase."]],
  [
    "a phase's name with a space",
    { pipeline: "p", phases: { "a b": { step: "x" } } },
    ['pipeline phases["a b"]: must begin with a letter and hold only letters, digits, - and _, at most 100.'],
  ],
  [
    "a list of phases",
    { pipeline: "p", phases: [{ a: null, step: "x" }] },
    ["pipeline phases: must be a map of phases by their name, as { train: { step: vision/train } }."],
  ],
  [
    "what belongs to a phase beside it",
    { pipeline: "p", phases: { a: null, step: "x" } },
    [
      "pipeline phases.a: must be a map: `step` and what belongs to the phase, indented below its name.",
      "pipeline phases.step: must be a map: `step` and what belongs to the phase, indented below its name.",
    ],
  ],
  ["a phase without a step", { pipeline: "p", phases: { a: {} } }, ["pipeline phases.a.step: is missing."]],
  [
    "an unknown key at the top",
    { ...phase({}), phase: {} },
    ["pipeline phase: this key is not known.", 'Did you mean "phases"?'],
  ],
  [
    "an unknown key of a phase",
    phase({ inptus: {} }),
    ["pipeline phases.train.inptus: this key is not known.", 'Did you mean "inputs"?'],
  ],
  [
    "an unknown key of a retry",
    phase({ retry: { attempts: 2, dealy: "1s" } }),
    ["pipeline phases.train.retry.dealy: this key is not known.", 'Did you mean "delay"?'],
  ],
  [
    "an unknown key of the resources",
    phase({ resources: { memroy: 1 } }),
    ["pipeline phases.train.resources.memroy: this key is not known.", 'Did you mean "memory"?'],
  ],
  [
    "an unknown key where it is published",
    phase({ publish: { to: "x", outputs: "y" } }),
    [
      "pipeline phases.train.publish.output: is missing.",
      "pipeline phases.train.publish.outputs: this key is not known.",
      'Did you mean "output"?',
    ],
  ],
  [
    "an unknown key of a wiring",
    phase({ inputs: { x: { pth: "a" } } }),
    [
      "pipeline phases.train.inputs.x.path: is missing.",
      "pipeline phases.train.inputs.x.pth: this key is not known.",
      'Did you mean "path"?',
    ],
  ],
  [
    "an unknown key of an output",
    phase({ outputs: { x: { path: "a", knd: "b" } } }),
    ["pipeline phases.train.outputs.x.knd: this key is not known.", 'Did you mean "kind"?'],
  ],
  [
    "an unknown key of a service",
    phase({ services: { "a/b": { use: "c", wth: {} } } }),
    ['pipeline phases.train.services["a/b"].wth: this key is not known.', 'Did you mean "with"?'],
  ],
  [
    "a wiring that is no reference",
    phase({ inputs: { x: "images" } }),
    ["pipeline phases.train.inputs.x: must be phase.output or phase[*].output; a file is wired as { path: … }."],
  ],
  [
    "a wiring that is a number",
    phase({ inputs: { x: 5 } }),
    [
      "pipeline phases.train.inputs.x: must be phase.output, phase[*].output, { path: … } or { previous: phase.output }.",
    ],
  ],
  [
    "a wiring of two kinds",
    phase({ inputs: { x: { path: "a", previous: "b.c" } } }),
    ["pipeline phases.train.inputs.x.previous: this key is not known.", 'There is "path".'],
  ],
  [
    "a previous artifact of all instances",
    phase({ inputs: { x: { previous: "a[*].b" } } }),
    ["pipeline phases.train.inputs.x.previous: must be phase.output."],
  ],
  [
    "an input's name in capitals",
    phase({ inputs: { Images: "a.b" } }),
    ["pipeline phases.train.inputs.Images: must begin with a lower-case letter and hold only letters, digits and _."],
  ],
  [
    "an output above the phase",
    phase({ outputs: { x: "../x" } }),
    ["pipeline phases.train.outputs.x: must be a relative path below the phase's artifacts."],
  ],
  [
    "an output at an absolute path",
    phase({ outputs: { x: "/x" } }),
    ["pipeline phases.train.outputs.x: must be a relative path below the phase's artifacts."],
  ],
  [
    "an output that is a number",
    phase({ outputs: { x: 5 } }),
    ["pipeline phases.train.outputs.x: must be a path, or { path: …, kind: …, form: … }."],
  ],
  ["a fan-out over text", phase({ each: "items" }), ["pipeline phases.train.each: must be phase.output."]],
  [
    "a fan-out over all instances",
    phase({ each: "list[*].items" }),
    ["pipeline phases.train.each: must be phase.output."],
  ],
  [
    "a fan-out over a number",
    phase({ each: 5 }),
    ["pipeline phases.train.each: must be a list, a map of lists, or phase.output."],
  ],
  [
    "a fan-out over an empty list of one name",
    phase({ each: { lr: [] } }),
    ["pipeline phases.train.each.lr: must have an item at least."],
  ],
  [
    "a fan-out over more than fits",
    phase({ each: { a: Array(1000).fill(0), b: Array(1000).fill(0), c: [1, 2] } }),
    [
      "pipeline phases.train.each: makes 2000000 instances; 1000000 are the most.",
      "Leave items out, or write the list of those that are meant.",
    ],
  ],
  [
    "a key without a fan-out",
    phase({ key: "${item}" }),
    ["pipeline phases.train.key: a key needs a fan-out.", "Add `each`, or remove `key`."],
  ],
  [
    "no attempt",
    phase({ retry: { attempts: 0 } }),
    ["pipeline phases.train.retry.attempts: too small: expected number to be >=1."],
  ],
  [
    "a duration in words",
    phase({ timeout: "5 minutes" }),
    ["pipeline phases.train.timeout: must be a duration such as 500ms, 30s, 10m or 2h."],
  ],
  [
    "durations that no timer can wait for",
    phase({ timeout: "597h", retry: { attempts: 2, delay: "35792m", maxDelay: "9999999h" } }),
    [
      "pipeline phases.train.retry.delay: is longer than a timer can wait: 596h at most.",
      "pipeline phases.train.retry.maxDelay: is longer than a timer can wait: 596h at most.",
      "pipeline phases.train.timeout: is longer than a timer can wait: 596h at most.",
    ],
  ],
  [
    "no time",
    phase({ timeout: "0.1ms" }),
    ["pipeline phases.train.timeout: leaves no time at all; without a timeout there is no limit."],
  ],
  [
    "a duration in numbers",
    phase({ timeout: 5 }),
    ["pipeline phases.train.timeout: must be a duration such as 500ms, 30s, 10m or 2h."],
  ],
  [
    "a variable's name with a space",
    phase({ env: ["A B"] }),
    ["pipeline phases.train.env[0]: must be the name of an environment variable."],
  ],
  [
    "a secret that is a variable as well",
    phase({ env: ["A", "TOKEN"], secrets: ["KEY", "TOKEN"] }),
    [
      "pipeline phases.train.secrets[1]: TOKEN is named under `env` as well, whose values are digested.",
      "Take TOKEN out of `env`.",
    ],
  ],
  ["text for a choice", phase({ cache: "no" }), ["pipeline phases.train.cache: must be true or false."]],
  ["a list for a config", phase({ with: [] }), ["pipeline phases.train.with: must be a map: the step's config."]],
  [
    "a service that is a number",
    phase({ services: { "a/b": 5 } }),
    ['pipeline phases.train.services["a/b"]: must be the name of a provider, or { use: NAME, with: { … } }.'],
  ],
  ["half a seed", { ...phase({}), seed: 1.5 }, ["pipeline seed: must be a whole number."]],
  [
    "a state with a slash",
    { ...phase({}), state: "a/b" },
    ["pipeline state: must hold only letters, digits, . _ and -, at most 100."],
  ],
  [
    "a durability that there is not",
    { ...phase({}), durability: "lax" },
    ['pipeline durability: invalid option: expected one of "strict"|"relaxed".'],
  ],
];

describe("a document that is refused", () => {
  it.each(refused)("%s", (_, document, told) => {
    expect(issuesOf(() => resolved(document))).toEqual(told);
  });

  it("tells everything that is wrong at once", () => {
    const told = issuesOf(() => resolved({ pipeline: 5, phases: { a: { stp: "x" }, b: { step: "x", cache: 1 } } }));
    expect(told).toEqual([
      "pipeline pipeline: must be text.",
      "pipeline phases.a.step: is missing.",
      "pipeline phases.a.stp: this key is not known.",
      "pipeline phases.b.cache: must be true or false.",
      'Did you mean "step"?',
    ]);
  });
});
