import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Project, type ProjectOptions } from "./rig/project.ts";
import { manifestsOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

const phases = {
  first: { step: "rig/write", with: { name: "first" }, inputs: { before: { path: "notes.txt" } } },
  second: { step: "rig/write", with: { name: "second", text: "more" }, inputs: { before: "first.text" } },
  dice: { step: "rig/seeded", env: ["MOOD"] },
};
const options: ProjectOptions = {
  plugin: "copied",
  pipeline: { pipeline: "changing", seed: 1, phases },
  files: { "notes.txt": "notes\n" },
};

interface Case {
  readonly what: string;
  readonly change: (project: Project) => void;
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** By phase that is to run: the changes named, as `part field`. */
  readonly runs: Readonly<Record<string, readonly string[]>>;
  /** Phases of which it can't be told yet. */
  readonly depends: readonly string[];
}

const nothing = () => {};
const cases: readonly Case[] = [
  {
    what: "one field of a config",
    change: (project) => edit(project, { second: { ...phases.second, with: { name: "second", text: "less" } } }),
    runs: { second: ["config text"] },
    depends: [],
  },
  {
    what: "a default of a config",
    change: (project) => rewrite(project, "write.js", 'default("text")', 'default("other text")'),
    runs: { first: ["code orchestrate-plugin-rig/write.js", "config text"] },
    depends: ["second"],
  },
  {
    what: "the code of a step",
    change: (project) => rewrite(project, "seeded.js", "Write the seed", "Write down the seed"),
    runs: { dice: ["code orchestrate-plugin-rig/seeded.js"] },
    depends: [],
  },
  {
    what: "the code of a module that a step imports",
    change: (project) => rewrite(project, "decorate.js", "return", "/* as ever */ return"),
    runs: { first: ["code orchestrate-plugin-rig/decorate.js"] },
    depends: ["second"],
  },
  {
    what: "a variable of the environment, but not its value",
    change: nothing,
    env: { MOOD: "sunny" },
    runs: { dice: ["env.MOOD -"] },
    depends: [],
  },
  { what: "the seed", change: nothing, words: ["--seed", "2"], runs: { dice: ["seeds.dice -"] }, depends: [] },
  {
    what: "an input file",
    change: (project) => project.write("notes.txt", "other notes\n"),
    runs: { first: ["inputs.before -"] },
    depends: ["second"],
  },
  {
    what: "a wiring",
    change: (project) => edit(project, { second: { ...phases.second, inputs: {} } }),
    runs: { second: ["inputs.before -"] },
    depends: [],
  },
];

describe.concurrent("plan names what changed:", () => {
  it.each(cases)("$what", async ({ change, words = [], env = {}, runs, depends }) => {
    const project = new Project(scratch, options);
    const before = { env: { MOOD: "rainy" } };
    const first = resultOf(await project.orchestrate(["run", "--json"], before));
    change(project);

    const ended = await project.orchestrate(["plan", "--json", ...words], { env: { ...before.env, ...env } });

    expect(ended).toMatchObject({ status: 0, stderr: "" });
    expect(ended.stdout).not.toMatch(/sunny/);
    const plan = JSON.parse(ended.stdout) as PlanReport;
    const toRun = plan.phases.filter(({ decision }) => decision === "run");
    expect(Object.fromEntries(toRun.map(({ id, changes }) => [id, changes.map(named).toSorted()]))).toEqual(runs);
    for (const { against } of toRun) expect(against).toBe(first.run);
    expect(plan.phases.filter(({ decision }) => decision === "pending").map(({ id }) => id)).toEqual(depends);
    expect(project.runs()).toHaveLength(1);
  });
});

describe("a phase that runs again", () => {
  it("leaves what hangs on it alone where it comes to the same", async () => {
    const project = new Project(scratch, options);
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0 });
    rewrite(project, "decorate.js", "return", "/* as ever */ return");
    edit(project, { second: { ...phases.second, step: "rig/hold", with: { name: "second" } } });
    const again = await project.orchestrate(["run", "--json"]);
    expect(again).toMatchObject({ status: 0, stderr: "" });

    rewrite(project, "decorate.js", "as ever", "once more");
    const third = await project.orchestrate(["run", "--json"]);
    expect(third).toMatchObject({ status: 0, stderr: "" });

    expect(project.executions().slice(3)).toEqual(["first", "second", "first"]);
    expect(manifestsOf(resultOf(third).directory).second).toMatchObject({ reused: { run: resultOf(again).run } });
  });
});

describe("explain", () => {
  it("says that a phase is not enabled", async () => {
    const phases = { off: { step: "rig/write", with: { name: "off" }, enabled: false }, on: { step: "rig/list" } };
    const project = new Project(scratch, { pipeline: { pipeline: "p", phases } });
    const { status, stderr } = await project.orchestrate(["explain", "off"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: The phase "off" is not enabled\.\nhint: {2}Enable it: --set off\.enabled=true\.\n/);
  });

  it("says in words which field it is, with its values", async () => {
    const project = new Project(scratch, options);
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0 });
    const { stdout, status } = await project.orchestrate(["explain", "second", "--set", "second.with.text=less"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/config\.text: "more" → "less"/);
    expect(stdout).toMatch(/^ {2}made of\n {4}code +sha256:/m);
  });

  it("says of an instance which field of its item it is", async () => {
    const fan = (each: object) => ({
      pipeline: "fan",
      phases: { fan: { step: "rig/write", with: { name: "fan" }, each: [each], key: "n${item.n}" } },
    });
    const project = new Project(scratch, { pipeline: fan({ n: 1, opt: "sgd" }) });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0 });
    project.pipeline(fan({ n: 1, opt: "adam", warm: true }));
    expect((await project.orchestrate(["plan"])).stdout).toMatch(
      /^run {6}fan\[n1\] {2}changed since .*\n +item\.opt: "sgd" → "adam"\n +item\.warm: true \(new\)\n/,
    );
    project.pipeline(fan({ n: 2 }));
    expect((await project.orchestrate(["explain", "fan"])).stdout).toMatch(
      /^fan\[n2\]: runs — no earlier run has a result of it\n/,
    );
  });

  it("names the instances in which a gathered input differs, or their order", async () => {
    const project = new Project(scratch, {
      plugins: ["@orchestrate/steps-command"],
      pipeline: {
        pipeline: "gathering",
        phases: {
          part: {
            step: "command/run",
            each: ["a", "b", "c"],
            key: "${item}",
            with: { shell: 'echo "$ITEM" > "$OUTPUT_out"' },
            outputs: { out: "out.txt" },
          },
          all: {
            step: "command/run",
            with: { shell: 'cp "$INPUT_parts" "$OUTPUT_out"' },
            inputs: { parts: "part[*].out" },
            outputs: { out: "out.txt" },
          },
        },
      },
    });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0 });
    const changesOf = async (each: string) => {
      const { stdout } = await project.orchestrate(["explain", "all", "--set", `part.each=${each}`, "--json"]);
      return JSON.parse(stdout)[0].changes;
    };
    expect(await changesOf("[c, b]")).toEqual([
      { part: "inputs.parts", field: "a", before: expect.stringMatching(/^sha256:/), after: null },
    ]);
    expect(await changesOf("[c, b, a]")).toEqual([
      { part: "inputs.parts", field: null, before: ["a", "b", "c"], after: ["c", "b", "a"] },
    ]);
  });
});

interface PlanReport {
  readonly phases: readonly {
    readonly id: string;
    readonly decision: string;
    readonly against: string | null;
    readonly changes: readonly { readonly part: string; readonly field: string | null }[];
  }[];
}

function named({ part, field }: PlanReport["phases"][number]["changes"][number]): string {
  return `${part} ${field ?? "-"}`;
}

function edit(project: Project, changed: object): void {
  project.pipeline({ pipeline: "changing", seed: 1, phases: { ...phases, ...changed } });
}

function rewrite(project: Project, file: string, from: string, to: string): void {
  const path = join("node_modules/orchestrate-plugin-rig", file);
  project.rewrite(path, from, to);
}
