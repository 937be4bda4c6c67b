import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ERROR_CATEGORIES } from "./metadata-error.ts";

it("every error stands on the page of the format, with its category, and no other", () => {
  const page = readFileSync(new URL("../../../docs/formats/metadata.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `(metadata-[a-z-]+)` \| ([a-z]+) \| .+ \|$/gm)];
  expect(Object.fromEntries(rows.map(([, code, category]) => [code, category]))).toEqual(ERROR_CATEGORIES);
});
