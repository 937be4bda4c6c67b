import { existsSync, mkdtempSync, realpathSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { provided } from "../fixtures/warehouse.ts";
import directory from "./directory.ts";

let project: string;
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), "orchestrate-staging-")));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const write = (text: string) => async (path: string) => writeFileSync(path, text);

it("finds a slice whose marker holds, and none that is not whole", async () => {
  const area = await (await provided(directory, {})).area(project, "a", Date.now());
  expect(await area.slice("1")).toBeUndefined();
  const path = await area.stage("1", write("rows"));
  expect(await area.slice("1")).toBe(path);
  truncateSync(path, 2);
  expect(await area.slice("1")).toBeUndefined();
  await expect(area.stage("2", () => Promise.reject(new Error("killed")))).rejects.toThrow("killed");
  expect(await area.slice("2")).toBeUndefined();
  await area.clear();
  expect(existsSync(path)).toBe(false);
});

it("keeps a text", async () => {
  const area = await (await provided(directory, {})).area(project, "a", Date.now());
  expect(await area.kept("plan")).toBeUndefined();
  await area.keep("plan", "one");
  await area.keep("plan", "two");
  expect(await area.kept("plan")).toBe("two");
});

it("removes areas that nobody came back for, and no other", async () => {
  const staging = await provided(directory, { hoursToLive: 1 });
  const now = Date.now();
  for (const id of ["old", "new", "own"]) await (await staging.area(project, id, now)).keep("plan", id);
  const root = join(project, ".orchestrate/staging");
  const before = (now - 2 * 3_600_000) / 1000;
  for (const id of ["old", "own"])
    for (const path of [join(root, id, "plan"), join(root, id)]) utimesSync(path, before, before);
  await staging.area(project, "own", now);
  expect(["old", "new", "own"].map((id) => existsSync(join(root, id)))).toEqual([false, true, true]);
});
