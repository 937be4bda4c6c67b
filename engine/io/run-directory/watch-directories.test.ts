import { mkdirSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { freshDirectory } from "../../cli/fixtures/fresh-directory.ts";
import { watchDirectories } from "./watch-directories.ts";

it("tells of a file that is written, in a directory that was not there at first as well", async () => {
  const root = freshDirectory();
  let told = () => {};
  const watcher = watchDirectories([root, `${root}/later`], () => told());
  const next = () =>
    new Promise<void>((resolve) => {
      told = resolve;
    });
  const first = next();
  mkdirSync(`${root}/later`);
  await first;
  const second = next();
  writeFileSync(`${root}/later/log.ndjson`, "a line\n");
  await expect(second).resolves.toBeUndefined();
  watcher.close();
});
