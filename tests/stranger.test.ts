import { globSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { outcomeOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";
import { StrangePlace } from "./rig/strange-place.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = scratchDirectory();
const CORE = ["orchestrate-manifests", "orchestrate-sdk", "orchestrate-engine"];

it("a stranger begins a plugin, edits, tests and packs it, and uses it beside built-in steps through a kill", async () => {
  const place = await StrangePlace.open(scratch, ["manifests", "engine/sdk", "engine", ...families()]);

  place.write("studio/package.json", { private: true });
  await place.sh("studio", `npm install ${place.packs(...CORE)}`);
  await place.sh("studio", "npx orchestrate plugins new @stranger/words");
  place.edit("studio/words/src/count.ts", [
    ["characters: z.number().int() })", "characters: z.number().int(), words: z.number().int() })"],
    ["{ lines: 0, characters: 0 }", "{ lines: 0, characters: 0, words: 0 }"],
    ["counts.lines += 1;", "counts.lines += 1;\n        counts.words += line.split(/\\s+/).filter(Boolean).length;"],
  ]);
  place.edit("studio/words/src/count.test.ts", [["characters: 20 }", "characters: 20, words: 5 }"]]);
  await place.sh("studio/words", `npm install --save-dev ${place.packs(...CORE)}`);
  const tested = await place.sh("studio/words", "npm test");
  expect(tested.stdout).toMatch(/pass 2\n/);
  const checked = JSON.parse((await place.sh("studio/words", "npx orchestrate plugins check --json")).stdout);
  expect(checked).toMatchObject({ ok: true, name: "@stranger/words", needs: [] });
  expect(checked.checks.filter(({ state }: { state: string }) => state !== "ok")).toEqual([]);
  await place.sh("studio/words", "npm pack");

  place.write("project/package.json", { private: true });
  place.write("project/plugins.json", '{ "plugins": [] }\n');
  await place.sh("project", `npm install ${place.packs()}`);
  await place.sh("project", `npx orchestrate plugins add ${place.packs("orchestrate-steps-command")} --yes`);
  const added = await place.sh(
    "project",
    "npx orchestrate plugins add ../studio/words/stranger-words-0.1.0.tgz --json",
  );
  expect(JSON.parse(added.stdout)).toMatchObject({
    name: "@stranger/words",
    version: "0.1.0",
    source: "file:../studio/words/stranger-words-0.1.0.tgz",
    integrity: expect.stringMatching(/^sha512-/),
  });
  place.write("project/orchestrate.config.yaml", PIPELINE);

  const kill = { ORCHESTRATE_TEST_KILL_AT: "attempt:ended:count" };
  await place.sh("project", "npx orchestrate run --runs-dir killed", { status: 137, env: kill });
  const committed = await place.sh("project", "ls killed/*/phases/*/manifest.json");
  expect(committed.stdout).toMatch(/^\S*phases\/text\/manifest.json\n$/);
  const resumed = await place.sh("project", "npx orchestrate resume --runs-dir killed");
  expect(resumed.stdout).toMatch(/✓ count.*\n(.*\n)*✓ report/);
  await place.sh("project", "npx orchestrate verify --runs-dir killed");
  const report = await place.sh("project", "cat killed/*/phases/report/artifacts/report.txt");
  expect(report.stdout).toBe("6 words in 2 lines\n");

  await place.sh("project", "npx orchestrate run --runs-dir undisturbed");
  const [disturbed, undisturbed] = ["killed", "undisturbed"].map(
    (runs) => outcomeOf(globSync(place.path("project", runs, "[0-9]*"))[0]!).hash,
  );
  expect(disturbed).toBe(undisturbed);
  expect(place.pathsIntoRepository()).toEqual([]);
}, 180_000);

/** The folders of all that comes as a plugin with the engine. */
function families(): readonly string[] {
  return globSync("{steps,plugins}/*/package.json", { cwd: root }).map((path) => dirname(path));
}

const PIPELINE = `pipeline: letters
phases:
  text:
    step: command/run
    with: { shell: 'printf "the sea and\\nthe ships there\\n" > "$OUTPUT_text"' }
    outputs: { text: { path: text.txt, kind: text/plain } }
  count: { step: words/count, inputs: { text: text.text } }
  report:
    step: command/run
    with:
      shell: >-
        node -e 'const { words, lines } = JSON.parse(fs.readFileSync(process.env.INPUT_counts));
        fs.writeFileSync(process.env.OUTPUT_report, words + " words in " + lines + " lines\\n")'
    inputs: { counts: count.counts }
    outputs: { report: report.txt }
`;
