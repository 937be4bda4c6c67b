import { readdirSync, readlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freshDirectory } from "../fixtures/fresh-directory.ts";
import { thrownBy } from "../fixtures/thrown-by.ts";
import { syncPathNow, syncPaths } from "./sync-paths.ts";

/** Nowhere, where it was closed meanwhile. */
function leadsTo(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return "";
  }
}

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

  it.runIf(process.platform === "linux")("leaves nothing open, whether it succeeds or not", async () => {
    const path = freshDirectory();
    const held = () =>
      readdirSync("/proc/self/fd").filter((descriptor) => [path, "/dev/null"].includes(leadsTo(descriptor)));
    const before = held().length;
    await sync(path);
    await thrownBy(() => sync("/dev/null"));
    expect(held().length).toBe(before);
  });

  it("says what could not be opened for it", async () => {
    const path = `${freshDirectory()}/nowhere`;
    const error = await thrownBy(() => sync(path));
    expect(error).toMatchObject({ category: "io" });
    expect(error.detail).toContain(`Could not make durable ${path}: ENOENT`);
  });
});
