import { beforeAll, describe, expect, it } from "vitest";
import { makeRun, newRunsDir, one } from "./fixtures/made-run.ts";
import { type HeldRequest, heldRequest } from "./held-requests.ts";
import { openIndex } from "./open-index.ts";

describe("a request that is remembered", () => {
  const runsDir = newRunsDir();
  const held = (run: string): HeldRequest => ({
    run,
    basis: `{"of":"${run}"}`,
    looks: { paths: "a\n=b", numbers: new Uint8Array(new Float64Array([1, 2.5, 3, 4, 5, 6, 7, 8]).buffer) },
  });

  beforeAll(async () => {
    await makeRun(runsDir, { run: "r1", phases: one, minute: 1 });
    await makeRun(runsDir, { run: "r2", phases: one, minute: 2, ends: "unfinished" });
    const index = openIndex(runsDir);
    for (let number = 0; number < 9; number++) index.putHeld(`request-${number}`, held("r1"));
    index.putHeld("of-unfinished", held("r2"));
    index.putHeld("of-unknown", held("r3"));
    index.close();
  });

  it("is found with all that was put", () => {
    expect(heldRequest(runsDir, "request-8")).toEqual(held("r1"));
  });

  it.each([
    ["it was not put", "request-x"],
    ["eight others were since", "request-2"],
    ["its run is not complete", "of-unfinished"],
    ["its run is not known", "of-unknown"],
  ])("is none where %s", (_why, request) => {
    expect(heldRequest(runsDir, request)).toBeUndefined();
  });
});
