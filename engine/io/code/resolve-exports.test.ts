import { describe, expect, it } from "vitest";
import { resolveExports } from "./resolve-exports.ts";

describe("resolveExports", () => {
  it.each([
    ["./main.js", ".", "./main.js"],
    ["./main.js", "./sub", undefined],
    [{ import: "./m.js", require: "./c.cjs" }, ".", "./m.js"],
    [{ require: "./c.cjs", default: "./d.js" }, ".", "./d.js"],
    [{ types: "./t.d.ts", node: { require: "./c.cjs", default: "./n.js" }, default: "./d.js" }, ".", "./n.js"],
    [{ node: { require: "./c.cjs" }, default: "./d.js" }, ".", "./d.js"],
    [{ ".": "./m.js", "./a": "./lib/a.js" }, "./a", "./lib/a.js"],
    [{ "./*": "./lib/*.js", "./x/*": "./y/*.js", "./x/z*": null }, "./x/b", "./y/b.js"],
    [{ "./*": "./lib/*.js", "./x/z*": null }, "./x/z1", undefined],
    [{ "./*.js": "./lib/*.js" }, "./deep/a.js", "./lib/deep/a.js"],
    [{ ".": ["./first.js", "./second.js"] }, ".", "./first.js"],
    [{ "#a": { node: "./a.js" } }, "#a", "./a.js"],
    [{ "./a": "./a.js" }, ".", undefined],
    [undefined, ".", undefined],
  ])("%j at %s: %s", (field, subpath, expected) => expect(resolveExports(field, subpath)).toBe(expected));
});
