import { describe, expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

const fine = { pipeline: "p", phases: { a: { step: "rig/write", with: { name: "a" } } } };

/** Words that say too little, or nothing, and what a person is told. */
const refused: readonly [words: readonly string[], says: string][] = [
  [
    ["run", "--dry-run"],
    `error: Unknown option '--dry-run'.
hint:  \`orchestrate plan\` shows what run would do, and why; it starts no step.`,
  ],
  [
    ["run", "--dry"],
    `error: Unknown option '--dry'.
hint:  See orchestrate run --help.`,
  ],
  [
    ["clean"],
    `error: Unknown command 'clean'.
hint:  \`orchestrate gc --keep 10\` deletes the runs that nothing needs; --dry-run shows which.`,
  ],
  [
    ["pln"],
    `error: Unknown command 'pln'.
hint:  Did you mean plan?`,
  ],
  ...[
    ["metadata", "status"],
    ["metadata", "--help"],
    ["-h", "metadata"],
  ].map((words): [readonly string[], string] => [
    words,
    `error: Unknown command 'metadata'.
hint:  See orchestrate --help. A plugin's commands are there while it is on: orchestrate plugins list names them.`,
  ]),
  [
    ["plugins"],
    `error: plugins wants a command of its own.
hint:  There are list, describe, add, remove, doctor, new, check; see orchestrate plugins --help.`,
  ],
  [
    ["profile"],
    `error: profile wants a command of its own.
hint:  There are list, describe; see orchestrate profile --help.`,
  ],
  [
    ["runs", "extra", "words"],
    `error: Too many arguments for 'runs'. Expected 0 arguments but got 2: extra, words.
hint:  See orchestrate runs --help.`,
  ],
  [
    ["plugins", "new", "--language", "javascript"],
    `error: Missing required argument 'name'.
hint:  See orchestrate plugins new --help.`,
  ],
  [
    ["run", "-p", "fast", "-p", "audit"],
    `error: Option '-p, --profile <name>' argument 'audit' is invalid. There is "fast" already.
hint:  See orchestrate run --help.`,
  ],
  ...(
    [
      ["--phases", "<names>", ""],
      ["--phases", "<names>", ","],
      ["--from", "<phases>", ""],
      ["--runs-dir", "<path>", ""],
    ] as const
  ).map(
    ([option, value, empty]) =>
      [
        ["run", `${option}=${empty}`],
        `error: Option '${option} ${value}' argument '${empty}' is invalid. It is empty.
hint:  See orchestrate run --help.`,
      ] as [readonly string[], string],
  ),
];

describe.concurrent("the command line", () => {
  it.each(refused)("refuses %j", async (words, says) => {
    const project = new Project(scratch, { pipeline: fine });
    const { status, stdout, stderr } = await project.orchestrate(words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe(`${says}\ncode:  usage\n`);
    expect(project.runs()).toEqual([]);
  });

  it("shows the help where it is given no word", async () => {
    const project = new Project(scratch, {});
    const bare = await project.orchestrate([]);
    expect(bare).toEqual(await project.orchestrate(["--help"]));
    expect(bare.stdout).toMatch(/^Usage: orchestrate /);
    expect(bare.status).toBe(0);
  });

  it("wants a command for --json", async () => {
    const ended = await new Project(scratch, {}).orchestrate(["--json"]);
    expect(ended).toMatchObject({ status: 2, stdout: "" });
    expect(errorOf(ended)).toEqual({
      error: "usage",
      detail: "No command is named.",
      hint: "See orchestrate --help.",
    });
  });

  it("prints the graph as JSON where it is asked to", async () => {
    const project = new Project(scratch, { pipeline: fine });
    const plain = await project.orchestrate(["plan", "--graph", "mermaid"]);
    const { stdout } = await project.orchestrate(["plan", "--graph", "mermaid", "--json"]);
    expect(JSON.parse(stdout)).toEqual({ graph: "mermaid", text: plain.stdout.trimEnd() });
  });
});
