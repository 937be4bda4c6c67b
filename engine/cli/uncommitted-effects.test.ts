import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { digestBytes } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { resolvePipeline } from "../core/pipeline/resolve-pipeline.ts";
import { openIndex } from "../io/index/open-index.ts";
import { freshDirectory } from "./fixtures/fresh-directory.ts";
import { makeRun, pipeline as words } from "./fixtures/made-run.ts";
import { refuseUncommittedEffects } from "./uncommitted-effects.ts";

const unfinished = "20261121T204236Z-bbbb";
const { pipeline } = resolvePipeline(words);

const step = { plugin: "plugin-text", version: "1.0.0", code: digestBytes("code"), files: {} };

/** The runs directory with one unfinished run that the index knows and whose `source` has begun to change something. */
async function begunRun(): Promise<string> {
  const runsDirectory = `${freshDirectory()}/runs`;
  const directory = await makeRun(runsDirectory, {
    run: unfinished,
    phases: [],
    state: "unfinished",
    document: { steps: { "text/read": { ...step, effects: "external" } } },
  });
  mkdirSync(`${directory}/phases/source`, { recursive: true });
  writeFileSync(`${directory}/phases/source/attempt-1.fence.json`, "{}");
  openIndex(runsDirectory).close();
  return runsDirectory;
}

function look(runsDirectory: string, cwd = dirname(runsDirectory)): void {
  const index = openIndex(runsDirectory);
  try {
    expect(index.runs().map(({ run }) => run)).toEqual([unfinished]);
    refuseUncommittedEffects({ cwd }, index, runsDirectory, pipeline);
  } finally {
    index.close();
  }
}

describe("an unfinished run that has begun an effect outside", () => {
  it("keeps a new one from starting", async () => {
    const runsDirectory = await begunRun();
    expect(() => look(runsDirectory)).toThrow(
      expect.objectContaining({
        code: "effect-uncommitted",
        category: "policy",
        detail: `The run ${unfinished} has begun an effect outside that it did not commit: source.`,
        hint: `Finish it with orchestrate resume ${unfinished}, which keeps to the config that it began with. If that can't be done, see to what it has changed outside, and delete the directory ${join("runs", unfinished)}.`,
      }),
    );
  });

  it("is named by its path where a name would not find it", async () => {
    const runsDirectory = await begunRun();
    expect(() => look(runsDirectory, join(runsDirectory, "../elsewhere"))).toThrow(
      expect.objectContaining({
        hint: expect.stringMatching(
          new RegExp(
            `orchestrate resume ${join("../runs", unfinished)},.* the directory ${join("../runs", unfinished)}\\.$`,
          ),
        ),
      }),
    );
  });

  it("keeps none from starting once its run.json is damaged or gone, so that it can't be resumed", async () => {
    const runsDirectory = await begunRun();
    const document = `${runsDirectory}/${unfinished}/run.json`;
    rmSync(document);
    writeFileSync(document, '{"schema": "orchestr');
    expect(() => look(runsDirectory)).not.toThrow();
    rmSync(document);
    expect(() => look(runsDirectory)).not.toThrow();
  });
});
