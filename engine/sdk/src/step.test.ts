import { describe, expect, it } from "vitest";
import { type Artifact, defineStep, directory, file, json, Processes, z } from "./index.ts";

describe("defineStep", () => {
  it("tells the whole contract as plain data", () => {
    const step = defineStep({
      summary: "Count.",
      config: z.strictObject({ top: z.number().default(3), argv: z.array(z.string()) }),
      inputs: { text: file("text/plain"), stop: json("stop.json", z.array(z.string())).optional() },
      outputs: { counts: json("counts.json", z.number()), tree: directory("any") },
      services: { processes: Processes },
      seeds: ["order"],
      effects: "external",
      reads: "external",
      version: async () => "1",
      code: ["helper.py"],
      codeFields: ["argv"],
      programFields: ["argv"],
      templateFields: ["argv"],
      resources: { memory: 512 },
      run: async () => {},
    });
    const contract = step.contract();
    expect(JSON.parse(JSON.stringify(contract))).toEqual(contract);
    expect(contract).toMatchObject({
      summary: "Count.",
      config: { required: ["argv"], additionalProperties: false },
      inputs: { text: { form: "file", kind: "text/plain", path: null, mode: "required", schema: null } },
      outputs: { counts: { form: "json", path: "counts.json", schema: { type: "number" } } },
      open: false,
      services: { processes: "orchestrate/processes" },
      seeds: ["order"],
      effects: "external",
      reads: "external",
      versioned: true,
      code: ["helper.py"],
      codeFields: ["argv"],
      programFields: ["argv"],
      templateFields: ["argv"],
      resources: { cpu: 1, memory: 512, gpu: 0 },
    });
    expect(contract.inputs.stop?.mode).toBe("optional");
  });

  it("fills in what is left out", () => {
    const step = defineStep({ summary: "Do nothing.", config: z.strictObject({}), run: async () => {} });
    expect(step.contract()).toMatchObject({
      inputs: {},
      outputs: {},
      open: false,
      services: {},
      seeds: [],
      effects: "none",
      reads: "none",
      versioned: false,
      code: [],
      codeFields: [],
      programFields: [],
      templateFields: [],
      resources: { cpu: 1, memory: 0, gpu: 0 },
    });
  });

  it.each([
    [() => inputs({ "two words": file("x") }), 'input "two words" must begin with a lower-case letter'],
    [() => outputs({ Upper: file("x") }), 'output "Upper" must begin with a lower-case letter'],
    [() => outputs({ out: file("x", "../out") }), 'output "out" lies at "../out", which is not a plain relative path.'],
    [() => outputs({ out: file("x", "/out") }), 'output "out" lies at "/out", which is not a plain relative path.'],
    [() => outputs({ one: file("x", "a"), two: file("x", "a") }), 'two outputs lie at "a".'],
    [() => outputs({ one: file("x", "a"), two: file("x", "a/b") }), 'output "two" lies at "a/b", and another at "a".'],
    [() => outputs({ one: file("x", "a/b"), two: file("x", "a") }), 'output "two" lies at "a", and another at "a/b".'],
  ])("refuses names and paths that are none: %#", (define, words) => {
    expect(define).toThrow(TypeError);
    expect(define).toThrow(words);
  });

  it.each([
    [{ summary: undefined }, "`summary` must be a sentence"],
    [{ config: undefined }, "`config` must be a schema: z.strictObject({})"],
    [{ config: { top: 3 } }, "`config` must be a schema"],
    [{ run: undefined }, "`run` must be a function."],
    [{ effects: true }, '`effects` must be "external", or be left out.'],
    [{ seeds: "shuffle" }, "`seeds` must be a list."],
    [{ code: "helper.py" }, "`code` must be a list."],
    [{ seeds: [1] }, "`seeds` must be a list of texts."],
    [{ codeFields: ["scrpit"] }, '`codeFields` names "scrpit", and `config` has no such field.'],
    [{ programFields: ["toString"] }, '`programFields` names "toString", and `config` has no such field.'],
    [{ templateFields: ["argv"] }, '`templateFields` names "argv", and `config` has no such field.'],
    [{ resources: { cores: 4 } }, "`resources.cores` is not known: there are cpu, memory, gpu."],
    [{ version: "1" }, "`version` must be a function, or be left out."],
    [{ outputs: { copy: "copy.txt" } }, 'the output "copy" must be declared by file, json, ndjson or directory.'],
    [{ inputs: { text: undefined } }, 'the input "text" must be declared by file, json, ndjson or directory.'],
    [{ outputs: { parts: file("part").gathered() } }, 'the output "parts" is gathered, as only an input can be.'],
    [{ services: { clock: "orchestrate/clock" } }, 'the service "clock" must be asked for by a token.'],
    [{ services: { clock: undefined } }, 'the service "clock" must be asked for by a token.'],
    [{ resources: { cpu: -1 } }, "`resources.cpu` must be a number, and not less than 0."],
    [{ resources: { memory: "512" } }, "`resources.memory` must be a number, and not less than 0."],
    [
      { output: {} },
      "`output` is no field of the definition. Its fields are summary, config, inputs, outputs, services, ",
    ],
    [{ reads: "always" }, '`reads` must be "external", or be left out.'],
  ])("says what is missing or wrong, to those who have no compiler: %o", (wrong, words) => {
    expect(() => defineStep({ ...rest, ...wrong } as typeof rest)).toThrow(new TypeError(words).message);
  });
});

const rest = { summary: "Bad.", config: z.strictObject({}), run: async () => {} };

function inputs(declared: Readonly<Record<string, Artifact>>) {
  return defineStep({ ...rest, inputs: declared });
}

function outputs(declared: Readonly<Record<string, Artifact<"file", string, Uint8Array, "required">>>) {
  return defineStep({ ...rest, outputs: declared });
}
