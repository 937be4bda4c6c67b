import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeRunDirectory } from "./make-run-directory.ts";

// Root may write anywhere.
it.skipIf(process.getuid?.() === 0)("says that no run can be begun where this user may not write", () => {
  const runs = mkdtempSync(join(tmpdir(), "runs-"));
  chmodSync(runs, 0o555);
  expect(() => makeRunDirectory(join(runs, "20261121T204235Z-k3f9"))).toThrow(
    expect.objectContaining({
      code: "runs-directory-unusable",
      category: "io",
      detail: expect.stringContaining(`No run can be begun in ${runs}: EACCES`),
    }),
  );
});

it("leaves every other error as it is", () => {
  expect(() => makeRunDirectory("/nowhere/at/all")).toThrow(/ENOENT/);
});
