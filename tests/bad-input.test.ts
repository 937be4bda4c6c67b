import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

interface Case {
  readonly what: string;
  /** Of the phases, as YAML. */
  readonly phases?: string;
  /** Above the phases. */
  readonly above?: string;
  readonly words?: readonly string[];
  /** All that is written to stderr but the code. */
  readonly says: string;
}

const fine = "a: { step: rig/write, with: { name: a } }";

const pipelines: readonly Case[] = [
  {
    what: "an unknown key",
    above: "fases: {}",
    phases: fine,
    says: `
error: orchestrate.config.yaml:2:1 fases: this key is not known.
hint:  Did you mean "phases"?`,
  },
  {
    what: "wrong types, all at once",
    above: "seed: -1\ndurability: maybe",
    phases: "a: { step: rig/write, timeout: 5 parsecs, retry: { attempts: 0 }, with: { name: a } }",
    says: `
error: orchestrate.config.yaml:2:1 seed: too small: expected number to be >=0.
orchestrate.config.yaml:3:1 durability: invalid option: expected one of "strict"|"relaxed".
orchestrate.config.yaml:5:54 phases.a.retry.attempts: too small: expected number to be >=1.
orchestrate.config.yaml:5:25 phases.a.timeout: must be a duration such as 500ms, 30s, 10m or 2h.`,
  },
  {
    what: "an unknown field of a step's config",
    phases: "a: { step: rig/write, with: { name: a, txet: b } }",
    says: `
error: orchestrate.config.yaml:3:42 phases.a.with.txet: this key is not known.
hint:  Did you mean "text"?`,
  },
  {
    what: "a wrong type in a step's config",
    phases: "a: { step: rig/write, with: { name: 7 } }",
    says: `
error: orchestrate.config.yaml:3:33 phases.a.with.name: invalid input: expected string, received number.
hint:  orchestrate plugins describe orchestrate-plugin-rig shows what rig/write takes.`,
  },
  {
    what: "a cycle, whose path is named",
    phases: `a: { step: rig/write, with: { name: a }, inputs: { before: c.text } }
  b: { step: rig/write, with: { name: b }, inputs: { before: a.text } }
  c: { step: rig/write, with: { name: c }, after: [b] }`,
    says: `
error: orchestrate.config.yaml:3:3 phases.a: phases depend on each other: a → c → b → a.
hint:  Break the cycle.`,
  },
  {
    what: "an unknown step",
    phases: "a: { step: rig/wirte }",
    says: `
error: orchestrate.config.yaml:3:8 phases.a.step: no plugin contributes a step "rig/wirte".
hint:  Did you mean "rig/write"?`,
  },
  {
    what: "wirings that do not fit, all at once",
    phases: `a: { step: rig/write, with: { name: a } }
  e: { step: rig/effect, inputs: { state: a.text } }
  j: { step: rig/join, inputs: { parts: a.text } }
  k: { step: rig/write, with: { name: k }, inputs: { before: a.tetx, bevore: a.text } }
  l: { step: rig/write, with: { name: k }, inputs: { before: aa.text } }`,
    says: `
error: orchestrate.config.yaml:4:36 phases.e.inputs.state: a.text is text/plain, but rig/effect wants application/json here.
orchestrate.config.yaml:5:34 phases.j.inputs.parts: this input gathers all instances of a phase.
orchestrate.config.yaml:6:54 phases.k.inputs.before: the phase "a" has no output "tetx".
orchestrate.config.yaml:6:70 phases.k.inputs.bevore: the step rig/write has no input "bevore".
orchestrate.config.yaml:7:54 phases.l.inputs.before: there is no phase "aa".
hint:  Wire it to an output of that kind.`,
  },
  {
    what: "a required input that is not wired",
    phases: "j: { step: rig/join }",
    says: `
error: orchestrate.config.yaml:3:3 phases.j: the input "parts" (*) is not wired.
hint:  Add inputs: { parts: phase.output }.`,
  },
  {
    what: "a key that would reach a prototype",
    phases: "a: { step: rig/write, with: { name: a, __proto__: { x: 1 } } }",
    says: `
error: PROJECT/orchestrate.config.yaml:3:42 can't be used: phases.a.with.__proto__ is a key that is not allowed.
hint:  It would reach an object's prototype; choose another name.`,
  },
  {
    what: "a key that stands twice",
    phases: "a: { step: rig/write, with: { name: a }, step: rig/list }",
    says: `
error: PROJECT/orchestrate.config.yaml:3:44 can't be read: a key stands twice.
hint:  Correct the file at that place.`,
  },
  {
    what: "an output that leaves the phase's directory",
    phases: "a: { step: rig/write, with: { name: a }, outputs: { o: ../up } }",
    says: `
error: orchestrate.config.yaml:3:55 phases.a.outputs.o: must be a relative path below the phase's artifacts.`,
  },
  {
    what: "a fan-out over no list",
    phases: 'a: { step: rig/write, with: { name: "${item}" }, each: 5 }',
    says: `
error: orchestrate.config.yaml:3:52 phases.a.each: must be a list, a map of lists, or phase.output.`,
  },
  {
    what: "a fan-out with two equal items",
    phases: 'a: { step: rig/write, with: { name: "${item}" }, each: [1, 1] }',
    says: `
error: orchestrate.config.yaml:3:52 phases.a.each: items 0 and 1 have the same key "6b86b273ff34".
hint:  Make the key tell them apart, or remove one.`,
  },
  {
    what: "a fan-out whose key can't be a directory",
    phases: 'a: { step: rig/write, with: { name: "${item}" }, each: [../up], key: "${item}" }',
    says: `
error: orchestrate.config.yaml:3:67 phases.a.key: item 0 gives the key "../up", which can't name its directory.
hint:  Use letters, digits and . _ = + - only, at most 100.`,
  },
  {
    what: "a template without a fan-out",
    phases: 'a: { step: rig/write, with: { name: "${item}" } }',
    says: `
error: orchestrate.config.yaml:3:25 phases.a.with: speaks of \${item}, but the phase has no \`each\`.
hint:  Add \`each\`, or write $\${item} for the text itself.`,
  },
  {
    what: "a secret that is not set",
    phases: "a: { step: rig/tell, secrets: [NOT_SET_AT_ALL] }",
    says: `
error: orchestrate.config.yaml:3:34 phases.a.secrets[0]: the environment variable NOT_SET_AT_ALL is not set.
hint:  Set NOT_SET_AT_ALL for this command.`,
  },
  {
    what: "an output to publish that is not there",
    phases: "a: { step: rig/write, with: { name: a }, publish: { to: x, output: nope } }",
    says: `
error: orchestrate.config.yaml:3:62 phases.a.publish.output: rig/write has no output "nope".
hint:  There is "text".`,
  },
  {
    what: "an input file that is not there",
    phases: "a: { step: rig/write, with: { name: a }, inputs: { before: { path: no.txt } } }",
    says: `
error: orchestrate.config.yaml:3:64 phases.a.inputs.before.path: there is nothing at PROJECT/no.txt.
hint:  Correct the input's \`path\`, which is relative to the pipeline file, or make the file.`,
  },
  {
    what: "more than this machine has",
    phases: "a: { step: rig/write, with: { name: a }, resources: { cpu: 100000 } }",
    says: `
error: orchestrate.config.yaml:3:57 phases.a.resources.cpu: asks for 100000 cores; there are CPUS.
hint:  Ask for less, or run it where there is more.`,
  },
  {
    what: "--set for an unknown field",
    phases: fine,
    words: ["--set", "a.with.nope=1"],
    says: `
error: --set a.with.nope=1 phases.a.with.nope: this key is not known.
hint:  There are "name", "text", "upper".`,
  },
  {
    what: "--set for an unknown phase",
    phases: fine,
    words: ["--set", "b.with.name=1"],
    says: `
error: --set b.with.name=1 "b" is neither a phase nor an option of the pipeline.
hint:  Did you mean "a"?`,
  },
  {
    what: "--set without a value",
    phases: fine,
    words: ["--set", "a.with"],
    says: `
error: --set a.with must contain "=".
hint:  Write it as --set train.with.epochs=2.`,
  },
  {
    what: "--set of a wrong type",
    phases: fine,
    words: ["--set", "a.with.name=2"],
    says: `
error: --set a.with.name=2 phases.a.with.name: invalid input: expected string, received number.
hint:  orchestrate plugins describe orchestrate-plugin-rig shows what rig/write takes.`,
  },
  {
    what: "--set that reaches for a prototype",
    phases: fine,
    words: ["--set", "a.with.__proto__.x=1"],
    says: `
error: --set a.with.__proto__.x=1 "a.with.__proto__.x" is not a path.
hint:  Write it as --set train.with.epochs=2.`,
  },
  {
    what: "--phases with an unknown one",
    phases: fine,
    words: ["--phases", "a,bb"],
    says: `
error: --phases names a phase "bb" that the pipeline does not have.
hint:  There is "a".`,
  },
  {
    what: "--phases with one that is not enabled",
    phases: `${fine}\n  b: { step: rig/write, enabled: false }`,
    words: ["--phases", "b"],
    says: `
error: --phases names the phase "b", which is not enabled.
hint:  Enable it: --set b.enabled=true.`,
  },
  {
    what: "--concurrency without a number",
    phases: fine,
    words: ["--concurrency", "many"],
    says: `
error: --concurrency many is not a whole number from 1 on.
hint:  Write it as --concurrency 2.`,
  },
  {
    what: "an unknown option",
    phases: fine,
    words: ["--forse", "a"],
    says: `
error: Unknown option '--forse'.
hint:  Did you mean --force?`,
  },
];

describe.concurrent("bad input is refused before anything runs:", () => {
  it.each(pipelines)("$what", async ({ above, phases, words = [], says }) => {
    const text = ["pipeline: p", ...(above === undefined ? [] : [above]), "phases:", `  ${phases}`, ""].join("\n");
    const project = new Project(scratch, { files: { "orchestrate.config.yaml": text } });

    const { status, stdout, stderr } = await project.orchestrate(["run", ...words]);

    const said = stderr.replaceAll(project.directory, "PROJECT").replace(/there (?:is|are) \d+\./, "there are CPUS.");
    expect(said.replace(/\ncode: {2}[a-z-]+\n$/, "").replace(/\nhint: {2}$/, "")).toBe(says.trim());
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(project.runs()).toEqual([]);
    expect(project.executions()).toEqual([]);
  });

  it("with --json as an envelope of code, detail and hint", async () => {
    const project = new Project(scratch, { pipeline: { pipeline: "p", phases: { a: { step: "rig/wirte" } } } });
    const ended = await project.orchestrate(["run", "--json"]);
    expect(ended.stdout).toBe("");
    expect(ended.stderr).toBe(`${JSON.stringify(errorOf(ended))}\n`);
    expect(errorOf(ended)).toEqual({
      error: "pipeline-invalid",
      detail: 'orchestrate.config.json:5:7 phases.a.step: no plugin contributes a step "rig/wirte".',
      hint: 'Did you mean "rig/write"?',
    });
  });

  it("a pipeline that is not there", async () => {
    const project = new Project(scratch, {});
    const { status, stderr } = await project.orchestrate(["run"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^error: No pipeline was found in \S+ or in a directory above it\.\nhint: {2}Make an orchestrate\.config\.yaml/,
    );
    expect(existsSync(project.path("runs"))).toBe(false);
  });

  it("a plugin that is not installed", async () => {
    const plugins = ["orchestrate-plugin-rig", "orchestrate-plugin-nowhere"];
    const project = new Project(scratch, { plugins, pipeline: { pipeline: "p", phases: { a: { step: "rig/list" } } } });
    const { status, stderr } = await project.orchestrate(["run"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .*plugins\.json.*orchestrate-plugin-nowhere.* is not installed/);
    expect(stderr).toMatch(/npm install orchestrate-plugin-nowhere/);
    expect(project.runs()).toEqual([]);
  });

  it("a plugin of another api", async () => {
    const project = pluginProject({ api: 2, steps: {} });
    const { status, stderr } = await project.orchestrate(["run"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .*orchestrate-plugin-own.*api 2/);
  });

  it("two plugins with one step", async () => {
    const project = pluginProject({ api: 1, steps: { "rig/list": "./own.js" } });
    const { status, stderr } = await project.orchestrate(["run"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^error: orchestrate-plugin-rig and orchestrate-plugin-own both contribute the step "rig\/list"\./,
    );
    expect(stderr).toMatch(/hint: {2}Take one of them out of \S+plugins\.json\./);
  });

  it("a plugin whose file is missing", async () => {
    const project = pluginProject({ api: 1, steps: { "own/step": "./missing.js" } });
    const { status, stderr } = await project.orchestrate(["run"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .*missing\.js/);
  });
});

describe("a link in an artifact", () => {
  const linking = (link: string) => ({ pipeline: "p", phases: { tree: { step: "rig/tree", with: { link } } } });

  it.each(["/etc/hostname", "../../../../notes.txt", "../../up"])(
    "that leaves the run is refused at the commit: %s",
    async (link) => {
      const project = new Project(scratch, { pipeline: linking(link) });
      const ended = await project.orchestrate(["run", "--json"]);
      expect(ended).toMatchObject({ status: 2 });
      expect(errorOf(ended)).toMatchObject({
        error: "link-leaves-tree",
        detail: expect.stringMatching(/^tree: .*below\/link/),
        hint: expect.any(String),
      });
      expect(existsSync(`${project.onlyRun()}/phases/tree/artifacts`)).toBe(false);
    },
  );

  it("that stays in it is kept", async () => {
    const project = new Project(scratch, { pipeline: linking("file.txt") });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
  });
});

/** A project with one more plugin, of which package.json says this. */
function pluginProject(orchestrate: object): Project {
  const plugins = ["orchestrate-plugin-rig", "orchestrate-plugin-own"];
  const project = new Project(scratch, { plugins, pipeline: { pipeline: "p", phases: { a: { step: "rig/list" } } } });
  const place = project.path("../own");
  mkdirSync(place);
  writeFileSync(`${place}/own.js`, "export default {};");
  const manifest = { name: "orchestrate-plugin-own", version: "1.0.0", type: "module", orchestrate };
  writeFileSync(`${place}/package.json`, JSON.stringify(manifest));
  symlinkSync(place, project.path("node_modules/orchestrate-plugin-own"));
  return project;
}
