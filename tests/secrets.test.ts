import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { filesBelow } from "./rig/files-below.ts";
import { Project } from "./rig/project.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const telling = (last: "return" | "throw") => ({
  pipeline: "telling",
  phases: { tell: { step: "rig/tell", with: { last }, secrets: ["SECRET"] } },
});

const secrets: readonly (readonly [string, string])[] = [
  ["a word", "hunter2-correct-horse"],
  ["what JSON writes otherwise", 'quote"back\\slash\ttab-and-ünïcode'],
  ["what Node and shells write otherwise", "quote\"back\\slash'and`tick-of-it"],
  ["several lines", "first-line-of-it\nsecond-line-of-it"],
];

describe("a secret", () => {
  it.each(secrets)("made of %s is in no file of a run, and in nothing that is shown", async (_what, secret) => {
    for (const [last, status] of [
      ["return", 0],
      ["throw", 1],
    ] as const) {
      const project = new Project(scratch, { pipeline: telling(last) });
      const env = { SECRET: secret };
      const shown = await project.orchestrate(["run", "--json"], { env });
      expect(shown).toMatchObject({ status: status });
      const inWords = await project.orchestrate(["run", "--new-run"], { env });
      const logs = await project.orchestrate(["logs", "tell"], { env });
      const plan = await project.orchestrate(["plan", "--json"], { env });
      const said = [shown, inWords, logs, plan].flatMap(({ stdout, stderr }) => [stdout, stderr]);

      const written = filesBelow(project.path("runs")).map((path) => readFileSync(path, "utf8"));
      for (const part of partsOf(secret))
        expect([...said, ...written].filter((text) => text.includes(part))).toEqual([]);
      const log = filesBelow(project.path("runs")).find((path) => path.endsWith("log.ndjson"))!;
      const lines = readFileSync(log, "utf8").trim().split("\n");
      const messages = lines.map((line) => (JSON.parse(line) as { message: string }).message);
      for (const way of ["console", "console.error", "log", "child"])
        expect(messages).toContainEqual(expect.stringMatching(new RegExp(`^by ${way} \\*\\*\\*`)));
    }
  });

  it("does not enter the fingerprint: with another value there is nothing to do", async () => {
    const project = new Project(scratch, { pipeline: telling("return") });
    expect(await project.orchestrate(["run"], { env: { SECRET: "one" } })).toMatchObject({ status: 0, stderr: "" });
    const again = await project.orchestrate(["run"], { env: { SECRET: "another" } });
    expect(again.stdout).toMatch(/Nothing to do/);
  });

  it("so short that it is everywhere leaves every log line readable", async () => {
    const project = new Project(scratch, { pipeline: telling("return") });
    expect(await project.orchestrate(["run"], { env: { SECRET: "e" } })).toMatchObject({ status: 0 });
    const log = join(project.onlyRun(), "phases/tell/log.ndjson");
    for (const line of readFileSync(log, "utf8").trim().split("\n")) expect(JSON.parse(line)).toHaveProperty("message");
    expect(readFileSync(log, "utf8")).toMatch(/by consol\*\*\*/);
  });
});

/** As it is, as JSON and Node write it, and each of its lines. */
function partsOf(secret: string): readonly string[] {
  const written = [JSON.stringify(secret), inspect(secret)].map((text) => text.slice(1, -1));
  return [secret, ...written, ...secret.split("\n")];
}
