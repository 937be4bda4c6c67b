import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

describe("the licences of what is bundled", () => {
  it.each([
    ["engine/dist/LICENSES.txt", ["commander", "tsyringe", "zod"]],
    ["engine/sdk/dist/bundle/LICENSES.txt", ["zod"]],
  ])("stand in %s, with the versions that are installed", (path, names) => {
    const text = readFileSync(path, "utf8");
    for (const name of names) {
      const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")) as { version: string };
      expect(text).toContain(`${name} ${version} (MIT)\n`);
      expect(text).toContain(readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim());
    }
  });
});
