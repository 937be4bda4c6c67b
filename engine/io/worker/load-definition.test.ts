import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadStep } from "./load-definition.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "definition-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

it.each([
  [
    "a package that is not installed",
    'import "orchestrate-no-such-package";',
    "Install it with what it depends on, as by npm install, or take it out of plugins.json.",
  ],
  ["another fault", 'throw new Error("no table");', "Mend the plugin, or take it out of plugins.json."],
])("says what to do where importing a plugin fails by %s", async (_, text, hint) => {
  const module = join(directory, "step.mjs");
  writeFileSync(module, text);
  await expect(loadStep(module, "made-up/step")).rejects.toMatchObject({ code: "plugin-import-failed", hint });
});
