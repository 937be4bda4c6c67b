import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { badPipelines } from "./fixtures/bad-pipelines.ts";
import { Project } from "./rig/project.ts";
import { errorOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

describe.concurrent("bad input is refused before anything runs:", () => {
  it.each(badPipelines)("$what", async ({ above, phases, words = [], says }) => {
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

describe.concurrent("a source that can't be read is named with its place:", () => {
  const pipeline = {
    pipeline: "p",
    phases: { a: { step: "rig/write", with: { name: "a" }, inputs: { before: { path: "t" } } } },
  };
  const at = "orchestrate.config.json:11:11 phases.a.inputs.before.path:";

  it.each<[what: string, make: (path: string) => void, says: string]>([
    ["a link to itself", (path) => symlinkSync("t", path), "PROJECT/t is a symbolic link that leads back to itself."],
    [
      "a directory with a link that leads out of it",
      (path) => {
        mkdirSync(path);
        symlinkSync("..", `${path}/up`);
      },
      "the symbolic link PROJECT/t/up leads to .., outside of its directory.",
    ],
    [
      "a directory with a pipe in it",
      (path) => {
        mkdirSync(path);
        execFileSync("mkfifo", [`${path}/pipe`]);
      },
      "PROJECT/t/pipe is a named pipe; an artifact holds only files, directories and symbolic links.",
    ],
  ])("%s", async (_, make, says) => {
    const project = new Project(scratch, { pipeline });
    make(project.path("t"));
    const ended = await project.orchestrate(["run", "--json"]);
    expect(ended).toMatchObject({ status: 2, stdout: "" });
    const { error, detail } = errorOf(ended);
    expect([error, detail.replaceAll(project.directory, "PROJECT")]).toEqual(["pipeline-invalid", `${at} ${says}`]);
  });

  it("a directory where a step wants a file", async () => {
    const a = { step: "rig/effect", inputs: { state: { path: "t" } } };
    const project = new Project(scratch, { pipeline: { pipeline: "p", phases: { a } } });
    mkdirSync(project.path("t"));
    const ended = await project.orchestrate(["plan", "--json"]);
    expect(ended.status).toBe(2);
    expect(errorOf(ended)).toEqual({
      error: "pipeline-invalid",
      detail:
        "orchestrate.config.json:8:11 phases.a.inputs.state.path: t is a directory, but rig/effect wants a file here.",
      hint: "Name another path.",
    });
  });

  it("code that is not there", async () => {
    const a = { step: "rig/write", with: { name: "a" }, code: ["lib/none.js"] };
    const project = new Project(scratch, { pipeline: { pipeline: "p", phases: { a } } });
    const ended = await project.orchestrate(["plan", "--json"]);
    expect(ended.status).toBe(2);
    expect(errorOf(ended)).toEqual({
      error: "pipeline-invalid",
      detail: `orchestrate.config.json:9:7 phases.a.code: there is nothing at ${project.path("lib/none.js")}.`,
      hint: "Correct the path, which is relative to the pipeline file, or make the file.",
    });
  });
});

describe.concurrent("a command that says nothing to run, or two things:", () => {
  it.each([{}, { argv: ["true"], shell: "true" }, { env: {} }])("%j", async (config) => {
    const plugins = ["@orchestrate/steps-command"];
    const pipeline = { pipeline: "p", phases: { a: { step: "command/run", with: config } } };
    const ended = await new Project(scratch, { plugins, pipeline }).orchestrate(["plan", "--json"]);
    expect(ended.status).toBe(2);
    expect(errorOf(ended).detail).toMatch(
      /phases\.a\.with: say exactly one of argv \(a list of words\) and shell \(a line\)\.$/,
    );
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
