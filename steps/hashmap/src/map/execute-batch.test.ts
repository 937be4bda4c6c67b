import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Recorder } from "../replay/recorder.ts";
import { CANONICAL } from "../workload/canonical.ts";
import { generateRows } from "../workload/generate-rows.ts";
import { readWorkload } from "../workload/read-workload.ts";
import { DELETE, GET, PUT } from "../workload/row-batch.ts";
import { WorkloadLimits } from "../workload/workload-limits.ts";
import { createMap } from "./create-map.ts";
import { MapOptions } from "./map-options.ts";

const directory = mkdtempSync(join(tmpdir(), "hashmap-execute-"));
const path = join(directory, "workload.csv");
afterAll(() => rmSync(directory, { recursive: true }));

describe.each(["chaining", "robin-hood", "adaptive"] as const)("a batch carried out, %s", (backend) => {
  it("finds what a reference finds, and looks at the timer once for each row", async () => {
    const shape = { ...CANONICAL.w_heavy_adv.shape, ops: 30_000, keySpace: 4000, delRatio: 0.3, keySkew: 0.8 };
    writeFileSync(path, [...generateRows(shape, 11)].join(""));
    const map = createMap(MapOptions.parse({ backend }), 1);
    const reference = new Map<string, string>();
    const recorder = new Recorder();
    const counts = [0, 0, 0];
    let [looks, batches, rows, hits] = [0, 0, 0, 0];
    // A clock that goes on by a millisecond each time it is looked at.
    const timer = { now: () => looks++ };
    for await (const batch of readWorkload(path, WorkloadLimits.parse({}), new AbortController().signal)) {
      const text = (start: number, end: number) => Buffer.from(batch.bytes.subarray(start, end)).toString();
      const expected: number[] = [];
      for (let row = 0; row < batch.count; row++) {
        const key = text(batch.keyStarts[row]!, batch.keyEnds[row]!);
        const operation = batch.operations[row]!;
        counts[operation]!++;
        expected.push(operation !== PUT && reference.has(key) ? 1 : 0);
        if (operation === PUT) reference.set(key, text(batch.valueStarts[row]!, batch.valueEnds[row]!));
        if (operation === GET) hits += expected[row]!;
        if (operation === DELETE) reference.delete(key);
      }
      map.execute(batch, timer, recorder.trace);
      recorder.record(batch);
      rows += batch.count;
      batches++;
      expect([...recorder.trace.found.subarray(0, batch.count)]).toEqual(expected);
    }
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
    expect(new Map([...map.entries()].map(([key, value]) => [text(key), text(value)]))).toEqual(reference);
    expect(recorder.latency.map(({ count }) => count)).toEqual(counts);
    expect(recorder.hits).toBe(hits);
    expect(looks).toBe(rows + batches);
    expect(recorder.overall()).toMatchObject({ count: rows, sum: rows * 1e6, max: 1e6 });
    expect(recorder.probes.sum).toBe(map.work.probes);
    expect(map.faults()).toEqual([]);
  });
});
