import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { brokenPlugins, GOOD_FILES } from "./fixtures/broken-plugins.ts";
import { Project } from "./rig/project.ts";
import { errorOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

interface Finding {
  readonly check: string;
  readonly subject: string;
  readonly state: "ok" | "warning" | "broken";
  readonly detail: string;
  readonly hint: string;
}

describe.concurrent("plugins check", () => {
  it("finds nothing wrong with the plugin that the broken ones are made from", async () => {
    const { ended, findings } = await check({}, {});
    expect(findings.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
  });

  it("warns of what may be right: no examples, a dependency on the sdk, a service under another token", async () => {
    const service = `import { defineService, defineToken, z } from "@orchestrate/sdk";
export default defineService({
  token: defineToken("echo/one"),
  summary: "Nothing.",
  options: z.strictObject({}),
  create: () => 0,
});
`;
    const orchestrate = { api: 1, services: { "echo/other": { own: "./service.js" } } };
    const dependencies = { "@orchestrate/sdk": "^0.1.0" };
    const manifest = { orchestrate, dependencies, peerDependencies: undefined };
    const { ended, findings } = await check({ "service.js": service }, manifest);
    expect(ended).toMatchObject({ status: 0 });
    expect(findings.filter(({ state }) => state !== "ok").map(({ check, detail }) => [check, detail])).toEqual([
      [
        "api",
        "@orchestrate/sdk is a dependency, so that a project may get a second copy, whose types are not those of the first.",
      ],
      ["load", 'package.json has it under the token "echo/other", and it was defined for "echo/one".'],
      ["conformance", "There are none, so that the conformance suite did not run."],
    ]);
  });

  it("tells what it found of each part before it looks at the next", async () => {
    const examples = `import { defineExamples } from "@orchestrate/sdk/testing";
const example = { inputs: { text: { text: "The sea" } } };
export default defineExamples({ "echo/text": example, "echo/waits": example });
`;
    const waits = GOOD_FILES["echo.js"].replace(
      "progress(0, 2);",
      "await new Promise(() => setInterval(() => {}, 1e8));",
    );
    const steps = { "echo/text": "./echo.js", "echo/waits": "./waits.js" };
    const project = projectWith(
      { "waits.js": waits, "examples.js": examples },
      packageJson("orchestrate-plugin-echo", steps),
    );
    const checking = project.start(["plugins", "check", "echo"]);
    const [told] = await checking.said(/^orchestrate-plugin-echo 1\.0\.0\n[\s\S]*^✓ echo\/text .*passed$/m);
    checking.kill("SIGKILL");
    await checking.ended;
    expect(told).toMatch(/^✓ echo\/text {3}9 checks of the suite passed$/m);
    expect(told).toMatch(/^✓ echo\/waits {2}Copies a text\.$/m);
  });

  it("says where there is no plugin to be checked", async () => {
    const project = new Project(scratch, { plugins: [] });
    expect(errorOf(await project.orchestrate(["plugins", "check", "nowhere", "--json"]))).toEqual({
      error: "plugin-check-failed",
      detail: `1 check failed, the first is manifest: There is no package.json in ${project.path("nowhere")}.`,
      hint: "Name the directory of a plugin, or begin one: orchestrate plugins new NAME.",
    });
  });

  it.each(brokenPlugins)("says of $what one thing, and what to do", async (broken) => {
    const { ended, findings } = await check(broken.files ?? {}, broken.manifest ?? {}, broken.timeout);
    const faults = findings.filter(({ state }) => state === "broken");
    expect(faults).toMatchObject([
      { check: broken.check, subject: broken.subject, detail: expect.stringMatching(broken.says) },
    ]);
    const [{ detail, hint }] = faults as [Finding];
    expect(hint === "" ? detail : hint).toMatch(broken.hint);
    expect(ended).toMatchObject({ status: 2 });
    expect(errorOf(ended)).toEqual({
      error: "plugin-check-failed",
      detail: `1 check failed, the first is ${broken.subject}: ${detail}`,
      hint,
    });
  });
});

/** Writes the good plugin with changes, and checks it. */
async function check(files: Readonly<Record<string, string | undefined>>, manifest: object, timeout = "60s") {
  const ended = await projectWith(files, manifest).orchestrate([
    "plugins",
    "check",
    "echo",
    "--json",
    "--timeout",
    timeout,
  ]);
  const { checks } = JSON.parse(ended.stdout) as { readonly checks: readonly Finding[] };
  return { ended, findings: checks };
}

/** A project with a plugin that has the step `taken/step`, and beside it the good plugin with changes. */
function projectWith(files: Readonly<Record<string, string | undefined>>, manifest: object): Project {
  const project = new Project(scratch, { plugins: ["orchestrate-plugin-first"] });
  const all = {
    "node_modules/orchestrate-plugin-first/package.json": packageJson("orchestrate-plugin-first", {
      "taken/step": "./step.js",
    }),
    "node_modules/orchestrate-plugin-first/step.js": "",
    "echo/package.json": { ...packageJson("orchestrate-plugin-echo", { "echo/text": "./echo.js" }), ...manifest },
    ...Object.fromEntries(Object.entries({ ...GOOD_FILES, ...files }).map(([path, text]) => [`echo/${path}`, text])),
  };
  for (const [path, content] of Object.entries(all)) {
    if (content === undefined) continue;
    mkdirSync(dirname(project.path(path)), { recursive: true });
    writeFileSync(project.path(path), typeof content === "string" ? content : JSON.stringify(content));
  }
  return project;
}

function packageJson(name: string, steps: object): object {
  return {
    name,
    version: "1.0.0",
    license: "MIT",
    type: "module",
    exports: { "./package.json": "./package.json" },
    peerDependencies: { "@orchestrate/sdk": "^0.1.0", zod: "^4.6.0" },
    orchestrate: { api: 1, steps, examples: "./examples.js" },
  };
}
