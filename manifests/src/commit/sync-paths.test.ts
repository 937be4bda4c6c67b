import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { thrownBy } from "../fixtures/thrown-by.ts";
import { syncPathNow, syncPaths } from "./sync-paths.ts";

describe.each([
  ["syncPaths", (path: string) => syncPaths([path])],
  ["syncPathNow", async (path: string) => syncPathNow(path)],
])("%s", (_name, sync) => {
  // A character device answers fsync with EINVAL.
  it("says what could not be made durable", async () => {
    const error = await thrownBy(() => sync("/dev/null"));
    expect(error).toMatchObject({ code: "fsync-failed", category: "io" });
    expect(error.detail).toContain("Could not make /dev/null durable: EINVAL");
    expect(error.hint).toContain("Check the disk (dmesg, smartctl)");
  });

  it("says what could not be opened for it", async () => {
    const path = `${freshDirectory()}/nowhere`;
    const error = await thrownBy(() => sync(path));
    expect(error).toMatchObject({ category: "io" });
    expect(error.detail).toContain(`Could not make durable ${path}: ENOENT`);
  });
});
