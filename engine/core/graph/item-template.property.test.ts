import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../pipeline/pipeline.ts";
import { fillItem, itemAsData } from "./item-template.ts";

/** As a step puts in templates of its own, in one pass. */
function read(text: string): string {
  return text.replaceAll(/\$\$\{|\$\{([^}]*)\}/g, (whole, name) =>
    whole === "$${" ? "${" : name === "$" ? "$" : "<put in>",
  );
}

const tricky = fc.string({ unit: fc.constantFrom("$", "{", "}", "$${", "${inputs.a}", "a"), maxLength: 6 });

describe("an item that is put into text with templates of a step", () => {
  it("stays what it is, whatever stands in it, before it and after it", () => {
    fc.assert(
      fc.property(tricky, tricky, (a, b) => {
        const filled = fillItem("${inputs.a} ${item.a}${item.b}{inputs.a}", itemAsData({ a, b }));
        expect(read(filled as string)).toBe(`<put in> ${a}${b}{inputs.a}`);
      }),
    );
  });

  it("stays what it is as a whole, with the names of its fields", () => {
    const json = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        tricky,
        fc.integer(),
        fc.constant(null),
        fc.array(tie("json")),
        fc.dictionary(tricky, tie("json")),
      ),
    })).json;
    fc.assert(
      fc.property(json, (item) => {
        const filled = fillItem("${item}", itemAsData(item));
        const text = typeof filled === "string" ? filled : JSON.stringify(filled);
        expect(read(text)).toBe(typeof item === "string" ? item : JSON.stringify(item));
      }),
    );
  });
});
