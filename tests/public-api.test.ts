import { describe, expect, it } from "vitest";
import { apiReport } from "./api/api-report.ts";
import { readDeclarations } from "./api/declarations.ts";
import { publicApi } from "./api/public-api.ts";
import { referencePage } from "./api/reference-page.ts";

const entries = [publicApi("@orchestrate/sdk", "index"), publicApi("@orchestrate/sdk/testing", "testing/index")];

describe("the public API of the sdk", () => {
  it("is what its report says: `npm run api` writes it anew", async () => {
    await expect(apiReport(entries)).toMatchFileSnapshot("../engine/sdk/api-report.md");
  });

  it("stands on one page of the reference, made from the types", async () => {
    const page = referencePage(entries);
    await expect(page).toMatchFileSnapshot("../docs/reference/sdk.md");
    const names = entries.flatMap(({ exports }) => [...exports.keys()]);
    expect(names.length).toBeGreaterThan(60);
    expect(
      names.filter((name) => !new RegExp(`\\b(?:function|class|interface|type|const) ${name}\\b`).test(page)),
    ).toEqual([]);
  });

  it("has a sentence about every export", () => {
    const bare = entries.flatMap(({ exports, modules }) =>
      [...exports].filter(([name, module]) => {
        const text = modules.get(module)?.declarations.find((declaration) => declaration.name === name)?.text;
        return text?.startsWith("/**") !== true;
      }),
    );
    expect(bare.map(([name]) => name)).toEqual([]);
  });
});

describe("readDeclarations", () => {
  it("takes apart what the compiler writes", () => {
    const text = `import { z } from "zod";
import type { A } from "./a.ts";
export { b } from "./b.ts";
export type { C, D } from "./c.ts";
/**
 * Two ways.
 */
export declare function two(a: A): void;
export declare function two(a: import("./e.ts").E): void;
/** Inner. */
interface Inner {
    /** A field. */
    readonly type: "x" | {
        export: string;
    };
}
export type Outer = {
    inner: Inner;
};
export {};
`;
    const { declarations, imports, reexports } = readDeclarations(text);
    expect(declarations.map(({ name }) => name)).toEqual(["two", "Inner", "Outer"]);
    expect(declarations[0]!.text).toBe(
      '/**\n * Two ways.\n */\nexport declare function two(a: A): void;\nexport declare function two(a: import("./e.ts").E): void;',
    );
    expect(declarations[1]!.text).toMatch(/^\/\*\* Inner\. \*\/\ninterface Inner \{\n[\s\S]*\n\}$/);
    expect(imports).toEqual(["./a.ts", "./b.ts", "./c.ts", "./e.ts"]);
    expect([...reexports]).toEqual([
      ["b", "./b.ts"],
      ["C", "./c.ts"],
      ["D", "./c.ts"],
    ]);
  });
});
