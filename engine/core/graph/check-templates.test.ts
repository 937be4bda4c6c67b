import { expect, it } from "vitest";
import { graphOf } from "../testing/graph-of.ts";
import { issuesOf } from "../testing/issues-of.ts";

const program = (config: object) => ({
  images: { step: "made-up/images" },
  program: {
    step: "made-up/program",
    with: config,
    inputs: { images: "images.images" },
    outputs: { table: "table.csv" },
  },
});

it.each<[what: string, config: object, told: readonly string[]]>([
  [
    "an input that the phase does not have",
    { argv: ["cp", "${inputs.image}", "${outputs.table}"] },
    [
      'pipeline phases.program.with.argv[1]: ${inputs.image} names nothing: the phase has no input "image".',
      'Did you mean "images"?',
    ],
  ],
  [
    "an input, behind one that is there",
    { argv: ["cp ${inputs.images} ${seed} $${inputs.x} ${inputs.image}"] },
    [
      'pipeline phases.program.with.argv[0]: ${inputs.image} names nothing: the phase has no input "image".',
      'Did you mean "images"?',
    ],
  ],
  [
    "an output, within a text and below a list",
    { argv: ["cp", ["--out=${outputs.csv}"]] },
    [
      'pipeline phases.program.with.argv[1][0]: ${outputs.csv} names nothing: the phase has no output "csv".',
      'There is "table".',
    ],
  ],
  [
    "an output, below a map and behind what is no text",
    { argv: [1, null, true, { plot: { to: "${outputs.csv}" } }] },
    [
      'pipeline phases.program.with.argv[3].plot.to: ${outputs.csv} names nothing: the phase has no output "csv".',
      'There is "table".',
    ],
  ],
])("refuses a template that names %s", (_, config, told) => {
  expect(issuesOf(() => graphOf(program(config)))).toEqual(told);
});

it.each<[what: string, config: object]>([
  ["what is there", { argv: ["${inputs.images}", "${outputs.table}"] }],
  ["what only the step knows", { argv: ["${seed}", "${files.script}", "${input.x}"] }],
  ["what is escaped", { argv: ["$${inputs.x}"] }],
  ["a name that an item completes", { argv: ["${inputs.${item.name}}"] }],
  ["a field that holds no templates", { note: "${inputs.x}" }],
])("leaves alone %s", (_, config) => {
  expect(issuesOf(() => graphOf(program(config)))).toEqual([]);
});
