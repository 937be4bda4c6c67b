import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "@orchestrate/sdk";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { RuntimeModel } from "../runtime/runtime-model.ts";
import command from "../telemetry-command.ts";
import { BatchLog } from "./batch-log.ts";
import { TelemetryRecord } from "./telemetry-record.ts";

const directory = mkdtempSync(join(tmpdir(), "telemetry-"));
afterAll(() => rmSync(directory, { recursive: true }));

const header = {
  run_hash: "sha256:12",
  runtime_digest: "sha256:34",
  step: "build",
  distance: "euclidean",
  conflict: "near-parents",
  seeds: { mis: 1, batch_order: 2, inducing: 3 },
} as const;
const told: string[] = [];
const log = {
  debug: (line: string) => told.push(line),
  info: (line: string) => told.push(line),
  warn() {},
  error() {},
};

beforeAll(() => {
  const batches = new BatchLog(header, RuntimeModel.parse({ diagnostics: "debug" }), 0, log);
  const counts = { conflicts: 4, rounds: 1 };
  batches.add({ index: 0, size: 1, candidates: 0, selected: 0, dominated: 0, evaluations: 0, ...counts });
  batches.add({ index: 1, size: 3, candidates: 4, selected: 1, dominated: 3, evaluations: 10, ...counts });
  batches.finish();
  writeFileSync(join(directory, "batches.ndjson"), batches.records.map((each) => `${JSON.stringify(each)}\n`).join(""));
});

const context = { cwd: directory, runsDirectory: directory, options: {} };

async function rendered(...words: string[]): Promise<string> {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    expect(await command.definition.run({ ...context, args: words })).toBe(0);
    return write.mock.calls.map(([text]) => String(text)).join("");
  } finally {
    write.mockRestore();
  }
}

describe("telemetry", () => {
  it("has one record for each batch, and tells of them as it is asked to", () => {
    expect(told).toEqual([
      "batch 0: 1 points",
      "batch 1: 3 points",
      "4 points, 2 batches, 1 nodes selected, 10 distances",
    ]);
    const lines = readFileSync(join(directory, "batches.ndjson"), "utf8").trim().split("\n");
    expect(lines.map((line) => TelemetryRecord.parse(JSON.parse(line)))).toMatchObject([
      { schema: "cover-tree.batch/1", points: 1, domination_ratio: 0 },
      { run_hash: "sha256:12", points: 4, domination_ratio: 0.75, batch_order: "random" },
    ]);
  });

  it("is published as a JSON Schema", () => {
    const file = new URL("../../../../docs/formats/cover-tree-batch.schema.json", import.meta.url);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(z.toJSONSchema(TelemetryRecord));
  });

  it("is rendered as a table, as pairs and as JSON", async () => {
    const table = await rendered("render", "batches.ndjson", "--show", "dominated,evaluations");
    expect(table).toContain("- run_hash: sha256:12\n");
    expect(table).toContain(
      "| dominated | 1.500 | 0 | 3 | 3 | 3 | 3 | 2 |\n| evaluations | 5 | 0 | 10 | 10 | 10 | 10 | 2 |\n",
    );
    expect(table).not.toContain("candidates");
    const pairs = await rendered("render", "batches.ndjson", "--format", "csv", "--show", "rounds");
    expect(pairs).toContain("key,value\nschema,cover-tree.batch/1\n");
    expect(pairs).toContain("\nrounds_mean,1\n");
    expect(JSON.parse(await rendered("render", "batches.ndjson", "--format", "json"))).toMatchObject({
      batches: 2,
      points: 4,
      fields: expect.arrayContaining([expect.objectContaining({ metric: "candidates", sum: 4 })]),
    });
  });

  it("tells how it is used", async () => {
    expect(await rendered("--help")).toBe("orchestrate telemetry render FILE --format md|csv|json --show fields\n");
  });

  it.each([
    ['Lp, \\"p\\" = 3', '"Lp, ""p"" = 3"'],
    ['\\"p\\" = 3', '"""p"" = 3"'],
    ["p\\n= 3", '"p\n= 3"'],
  ])("is rendered as pairs where a distance is called %s", async (name, field) => {
    const records = readFileSync(join(directory, "batches.ndjson"), "utf8");
    writeFileSync(join(directory, "named.ndjson"), records.replaceAll("euclidean", name));
    const pairs = await rendered("render", "named.ndjson", "--format", "csv", "--show", "rounds");
    expect(pairs).toContain(`\ndistance,${field}\n`);
  });

  it.each([
    [["show", "batches.ndjson"], "telemetry-usage", "The command takes the word render and one file."],
    [["render", "batches.ndjson", "--colour", "red"], "telemetry-usage", "Unknown option '--colour'"],
    [["render", "none.ndjson"], "telemetry-unreadable", "none.ndjson can't be read."],
    [["render", "batches.ndjson", "--format", "xml"], "telemetry-format", 'There is no format "xml".'],
    [
      ["render", "batches.ndjson", "--show", "speed"],
      "telemetry-field",
      'There is no field "speed" in a record of a batch.',
    ],
    [["render", "broken.ndjson"], "telemetry-malformed", "broken.ndjson, line 2, is no record of a batch."],
    [
      ["render", "joined.ndjson"],
      "telemetry-malformed",
      "joined.ndjson, line 3, is of another build than the lines before.",
    ],
    [
      ["render", "grown.ndjson"],
      "telemetry-malformed",
      "grown.ndjson, line 3, is of another build than the lines before.",
    ],
    [
      ["render", "empty.ndjson"],
      "telemetry-malformed",
      "empty.ndjson holds no record, as after a deletion that put nothing in anew.",
    ],
  ])("%j is refused", async (args, error, words) => {
    writeFileSync(join(directory, "broken.ndjson"), "\n{}\n");
    writeFileSync(join(directory, "empty.ndjson"), "\n");
    const records = readFileSync(join(directory, "batches.ndjson"), "utf8");
    writeFileSync(join(directory, "joined.ndjson"), records + records.replaceAll("sha256:12", "sha256:13"));
    writeFileSync(join(directory, "grown.ndjson"), records + records.replaceAll('"step":"build"', '"step":"insert"'));
    await expect(command.definition.run({ ...context, args })).rejects.toMatchObject({
      code: error,
      detail: expect.stringContaining(words),
    });
  });
});
