import { describe, expect, it } from "vitest";
import { EXIT_STATUS } from "../engine/cli/exit-status.ts";
import { sourceFiles, writtenFiles } from "./house/source-files.ts";

const sources = sourceFiles().filter(({ path }) => /^(?:steps|plugins)\//.test(path));
const pages = writtenFiles().filter(({ path }) => /^docs\/.*\.md$|^(?:steps|plugins)\/[^/]+\/README\.md$/.test(path));

/** Rows of tables of errors: some codes, their categories, and when. */
const rows = pages.flatMap(({ path, text }) =>
  [...text.matchAll(/^\| ((?:`[a-z0-9-]+`(?:, )?)+) \| ([a-z, ]+) \| .+ \|$/gm)]
    .map(([, codes = "", categories = ""]) => ({ codes, categories: categories.split(", ") }))
    .filter(({ categories }) => categories.every((category) => Object.hasOwn(EXIT_STATUS, category)))
    .flatMap(({ codes, categories }) => codes.match(/[a-z0-9-]+/g)!.map((code) => ({ path, code, categories }))),
);

describe("the errors of plugins", () => {
  it("stand in a page, with the category that they have", () => {
    const given = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\berror: "([a-z0-9-]+)",(?:\s*category: "([a-z]+)")?/g)].map(([, code, category]) => ({
        path,
        code: code!,
        category: category ?? "failed",
      })),
    );
    expect(given.length).toBeGreaterThan(100);
    const untold = given.filter(
      ({ code, category }) => !rows.some((row) => row.code === code && row.categories.includes(category)),
    );
    expect(untold).toEqual([]);
  });

  it("are all that pages tell of", () => {
    const code = sources.map(({ text }) => text).join("\n");
    // Some are put together, as `map-${what}-too-long`.
    const made = [...code.matchAll(/`([a-z-]*\$\{\w+\}[a-z-]*)`/g)].map(
      ([, form]) => new RegExp(`^${form!.replaceAll(/\$\{\w+\}/g, "[a-z]+")}$`),
    );
    const ofEngine = new Set(rows.filter(({ path }) => path === "docs/formats/errors.md").map(({ code }) => code));
    const unknown = rows.filter(
      (row) => !code.includes(`"${row.code}"`) && !ofEngine.has(row.code) && !made.some((form) => form.test(row.code)),
    );
    expect(unknown).toEqual([]);
  });
});
