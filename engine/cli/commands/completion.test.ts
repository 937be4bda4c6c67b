import { spawnSync } from "node:child_process";
import { describe, expect, it, vi } from "vitest";
import { complete } from "../complete.ts";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { makeProject, textPlugin } from "../fixtures/made-project.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as completion from "./completion.ts";

/** What is written to stdout by an action that writes there itself. */
async function written(action: () => Promise<unknown>): Promise<string> {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await action();
    return log.mock.calls.map(([text]) => String(text)).join("\n");
  } finally {
    log.mockRestore();
  }
}

describe("completion", () => {
  it.each(["bash", "zsh", "fish", "powershell"])("prints a script for %s that asks the engine", async (shell) => {
    const script = await written(() => call(completion, freshDirectory(), [shell]));
    expect(script).toContain("orchestrate complete");
  });

  it("hands bash's words to the engine, where the package bash-completion is not there", async () => {
    let words = "";
    const script = await written(async () => {
      words = (await call(completion, freshDirectory(), ["bash"])).stdout;
    });
    const typed = [
      "orchestrate() { printf '%s|' \"$@\" > asked; printf 'train\\nsweep\\n:4\\n'; }",
      'COMP_WORDS=(orchestrate logs tr) COMP_CWORD=2; __orchestrate_complete; echo "${COMPREPLY[*]}"',
      "cat asked",
    ];
    const { stdout } = spawnSync("bash", ["--norc", "-c", [words, script, ...typed].join("\n")], {
      cwd: freshDirectory(),
      encoding: "utf8",
    });
    expect(stdout).toBe("train\ncomplete|--|logs|tr|");
  });

  it("is no JSON", async () => {
    const { status, stdout, stderr } = await call(completion, freshDirectory(), ["zsh"], { json: true });
    expect([status, stdout]).toEqual([2, ""]);
    expect(JSON.parse(stderr)).toMatchObject({ error: "usage", detail: "A completion script is no JSON." });
  });

  it("refuses another shell", async () => {
    const { status, stderr } = await call(completion, freshDirectory(), ["csh"]);
    expect(status).toBe(2);
    expect(stderr.split("\n").slice(0, 2)).toEqual([
      'error: There is no completion for "csh".',
      "hint:  Name bash, zsh, fish, powershell.",
    ]);
  });
});

const pipeline = { pipeline: "words", phases: { count: { step: "text/count" }, join: { step: "text/join" } } };

/** The words that a tab offers in a project. */
async function offered(cwd: string, ...words: readonly string[]): Promise<readonly string[]> {
  const invocation = {
    cwd,
    format: "text",
    terminal: "plain",
    colour: "off",
    environment: {},
    print: () => {},
    complain: () => {},
  } as const;
  const text = await written(() => complete(invocation, ["--", ...words]));
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t")[0]!);
}

describe("a tab", () => {
  const project = () => {
    return makeProject({
      "runs/20261121T204235Z-aaaa/run.json": {},
      "orchestrate.config.json": pipeline,
      "plugins.json": { plugins: ["plugin-text"] },
      "profiles/mine.yaml": "profile: mine",
      ...textPlugin,
    });
  };

  it.each([
    [["pr"], ["profile"]],
    [
      ["profile", ""],
      ["list", "describe"],
    ],
    [["run", "--ph"], ["--phases"]],
    [
      ["run", "--phases", ""],
      ["count", "join"],
    ],
    [["run", "--profile", "m"], ["mine"]],
    [["profile", "describe", "f"], ["fast"]],
    [["logs", "c"], ["count"]],
    [["logs", "count", ""], ["20261121T204235Z-aaaa"]],
    [["show", ""], ["20261121T204235Z-aaaa"]],
    [["step", ""], ["text/count"]],
    [["plugins", "describe", ""], ["plugin-text"]],
    [
      ["verify", "--sources", ""],
      ["check", "skip"],
    ],
    [["completion", "z"], ["zsh"]],
  ])("after %j offers %j", async (words, expected) => expect(await offered(project(), ...words)).toEqual(expected));

  it("offers nothing, and no error, where the pipeline can't be read", async () => {
    const cwd = makeProject({ "orchestrate.config.json": "{" });
    expect(await offered(cwd, "run", "--phases", "")).toEqual([]);
  });
});
