import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { type MadePhase, makeRun, pipeline } from "../fixtures/made-run.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as diff from "./diff.ts";

const steps = (content: string) => ({
  "text/read": {
    plugin: "plugin-text",
    version: "1.0.0",
    code: `sha256:${"0".repeat(64)}`,
    effects: "none" as const,
    files: { "plugin-text/read.js": content },
  },
});

const phases: readonly MadePhase[] = [
  { phase: "source" },
  { phase: "count", key: "a", inputs: { text: "source" }, config: { top: 10 }, change: { metrics: { words: 3 } } },
  { phase: "report", inputs: { counts: "count[a]" } },
];

describe("diff", () => {
  it("finds nothing in two runs that made the same", async () => {
    const cwd = freshDirectory();
    await makeRun(`${cwd}/runs`, { run: "20261121T204235Z-aaaa", phases });
    await makeRun(`${cwd}/runs`, {
      run: "20261121T204236Z-bbbb",
      phases,
      document: { created: "2026-12-01T00:00:00.000Z" },
    });
    expect(await call(diff, cwd, ["aaaa", "bbbb"], { runsDir: "runs" })).toEqual({
      status: 0,
      stdout: "No difference: 3 phases are equal.",
      stderr: "",
    });
  });

  it("names each field that differs, in what phases were made of and in what came out", async () => {
    const cwd = freshDirectory();
    await makeRun(`${cwd}/runs`, { run: "20261121T204235Z-aaaa", phases, document: { steps: steps("sha256:before") } });
    const changed = { top: 5 };
    await makeRun(`${cwd}/runs`, {
      run: "20261121T204236Z-bbbb",
      phases: [
        { phase: "source" },
        {
          phase: "count",
          key: "a",
          inputs: { text: "source" },
          config: changed,
          text: "fewer",
          change: { metrics: { words: 2.5 } },
        },
        { phase: "extra" },
      ],
      document: { seed: 7, profile: "fast", resolved: { ...pipeline, seed: 7 }, selected: ["count", "extra"] },
    });
    const { stdout } = await call(diff, cwd, ["aaaa", "bbbb"], { runsDir: "runs" });
    expect(stdout.replaceAll(/sha256:\w+/g, "HASH")).toBe(
      [
        "run",
        "  profile        –           →  fast",
        "  seed           42          →  7",
        '  selected       ["report"]  →  ["count","extra"]',
        "  resolved.seed  –           →  7",
        "",
        "count[a]",
        "  config top     10                   →  5",
        "  outputs.text   HASH  →  HASH",
        "  metrics.words  3                    →  2.5",
        "",
        "report is only in a.",
        "extra is only in b.",
        "",
        "1 phase is equal.",
      ].join("\n"),
    );
  });

  it("names the files of the code, where a run knows them", async () => {
    const cwd = freshDirectory();
    const code = { fingerprint: { digest: `sha256:${"1".repeat(64)}`, parts: { code: `sha256:${"2".repeat(64)}` } } };
    await makeRun(`${cwd}/runs`, {
      run: "20261121T204235Z-aaaa",
      phases: [
        {
          phase: "source",
          change: { fingerprint: { ...code.fingerprint, parts: { code: `sha256:${"3".repeat(64)}` } } },
        },
      ],
      document: { steps: steps("sha256:before") },
    });
    await makeRun(`${cwd}/runs`, {
      run: "20261121T204236Z-bbbb",
      phases: [{ phase: "source", change: code }],
      document: { steps: steps("sha256:after") },
    });
    const { stdout } = await call(diff, cwd, ["aaaa", "bbbb"], { runsDir: "runs", json: true });
    expect(JSON.parse(stdout)).toEqual({
      a: "20261121T204235Z-aaaa",
      b: "20261121T204236Z-bbbb",
      equal: false,
      run: [],
      phases: [
        {
          id: "source",
          state: "changed",
          causes: [{ part: "code", field: "plugin-text/read.js", before: "sha256:before", after: "sha256:after" }],
          results: [],
        },
      ],
    });
  });
});
