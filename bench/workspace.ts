import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory for one measurement, removed at the end. */
export function workspace(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "orchestrate-bench-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
