import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { errorOf, resultOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();

/** Item 2 fails until there is a file `mended`, and the rest is gathered all the same. */
function partlyFailing(): Project {
  const project = new Project(scratch, { plugins: ["@orchestrate/steps-command"] });
  const mended = project.path("mended");
  project.pipeline({
    pipeline: "partial",
    phases: {
      fan: {
        step: "command/run",
        each: [1, 2, 3],
        partial: true,
        with: { shell: `test "$ITEM" != 2 -o -e '${mended}' && echo $ITEM > "$OUTPUT_text"` },
        outputs: { text: "text.txt" },
      },
      all: {
        step: "command/run",
        with: { shell: 'cut -f 2 "$INPUT_texts" | xargs cat > "$OUTPUT_all"' },
        inputs: { texts: "fan[*].text" },
        outputs: { all: "all.txt" },
        publish: { to: "all.txt", output: "all" },
      },
    },
  });
  return project;
}

it("a gather of what succeeded is not taken for one of all, once the rest succeeds in a resumed run", async () => {
  const project = partlyFailing();
  expect(await project.orchestrate(["run", "--keep-going"])).toMatchObject({ status: 1 });
  const all = join(project.onlyRun(), "phases/all/artifacts/all.txt");
  expect(readFileSync(all, "utf8")).toBe("1\n3\n");

  project.write("mended", "");
  for (let time = 0; time < 2; time++) {
    const resumed = await project.orchestrate(["resume", "--json"]);
    expect(resumed.status).toBe(4);
    expect(errorOf(resumed)).toEqual({
      error: "run-drifted",
      detail: expect.stringMatching(
        /What these committed phases were made of has changed since: all \(inputs\.texts\)\.$/,
      ),
      hint: "Start a new run with orchestrate run, which reuses what still fits.",
    });
    expect(existsSync(project.path("all.txt"))).toBe(false);
  }

  const again = resultOf(await project.orchestrate(["run", "--json"]));
  expect(again.outcome).toBe("succeeded");
  expect(readFileSync(project.path("all.txt"), "utf8")).toBe("1\n2\n3\n");
});

it("a gather of what succeeded stands where the rest fails again, and until it succeeds the run can be resumed", async () => {
  const project = partlyFailing();
  expect(await project.orchestrate(["run", "--keep-going"])).toMatchObject({ status: 1 });
  const { status, stdout } = await project.orchestrate(["resume", "--keep-going"]);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^↺ all .*committed before$/m);
  expect(stdout).toMatch(/^ {2}go on {6}orchestrate resume \S+$/m);

  project.write("mended", "");
  const mended = await project.orchestrate(["resume"]);
  expect(mended.status).toBe(4);
  expect(mended.stdout).toMatch(/^ {2}go on {6}orchestrate run$/m);
});
