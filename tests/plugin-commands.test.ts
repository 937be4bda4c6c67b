import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

const commands: Readonly<Record<string, string>> = {
  tell: `defineCommand({ summary: "Tells what it knows.", run: async (context) => {
    console.log(JSON.stringify(context));
    return 7;
  } })`,
  throws: 'defineCommand({ summary: "Throws.", run: async () => { throw new Error("no luck here"); } })',
  words: `defineCommand({ summary: "Throws with words.", run: async () => {
    throw new StepError({ error: "flux-inverted", category: "input", detail: "The flux is inverted.", hint: "Turn it." });
  } })`,
  killed: `defineCommand({ summary: "Dies.", run: async () => {
    process.kill(process.pid, "SIGTERM");
    await new Promise(() => {});
  } })`,
  none: "{ run: async () => 0 }",
};

describe("a command of a plugin", () => {
  it("is told its words, where it was called, where the runs are and its options, and gives the status", async () => {
    const project = withCommands();
    const { directory } = project;
    const ended = await project.orchestrate(["tell", "a", "--b", "c"]);
    expect(ended).toMatchObject({ status: 7, stderr: "" });
    expect(JSON.parse(ended.stdout)).toEqual({
      args: ["a", "--b", "c"],
      cwd: directory,
      runsDirectory: `${directory}/runs`,
      options: { word: "sea" },
    });
  });

  it.each([
    {
      name: "throws",
      status: 1,
      error: "command-threw",
      detail: /^The command throws of \S+own\/throws\.js threw Error: no luck here\n +at /,
      hint: "It is the plugin's fault; tell its author.",
    },
    { name: "words", status: 2, error: "flux-inverted", detail: /^The flux is inverted\.$/, hint: "Turn it." },
    {
      name: "none",
      status: 2,
      error: "not-a-command",
      detail: /^none can't be used: the default export of \S+own\/none\.js was not made by defineCommand\.$/,
      hint: "Write export default defineCommand({ … }).",
    },
  ])("that is at fault, as $name, says so", async ({ name, status, error, detail, hint }) => {
    const ended = await withCommands().orchestrate([name, "--json"]);
    expect(ended).toMatchObject({ status, stdout: "" });
    expect(errorOf(ended)).toEqual({ error, detail: expect.stringMatching(detail), hint });
  });

  it("that a signal ends gives the status that a shell would", async () => {
    expect(await withCommands().orchestrate(["killed"])).toMatchObject({ status: 128 + 15, signal: null });
  });
});

function withCommands(): Project {
  const names = Object.keys(commands);
  const orchestrate = { api: 1, commands: Object.fromEntries(names.map((name) => [name, `./${name}.js`])) };
  const manifest = { name: "own", version: "1.0.0", type: "module", orchestrate };
  const project = new Project(scratch, {
    pipeline: { pipeline: "p", phases: {} },
    files: {
      "node_modules/own/package.json": JSON.stringify(manifest),
      ...Object.fromEntries(names.map((name) => [`node_modules/own/${name}.js`, moduleOf(commands[name]!)])),
    },
  });
  project.write("plugins.json", JSON.stringify({ plugins: [{ name: "own", options: { word: "sea" } }] }));
  return project;
}

function moduleOf(command: string): string {
  return `import { defineCommand, StepError } from "@orchestrate/sdk";\nexport default ${command};\n`;
}
