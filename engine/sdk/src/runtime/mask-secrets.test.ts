import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { maskSecrets } from "./mask-secrets.ts";

const SECRET = `p4ss w/ört+"'\\&`;
const mask = maskSecrets({ TOKEN: SECRET });

describe("a secret is masked", () => {
  it.each([
    ["as it is", SECRET],
    ["in JSON", JSON.stringify(SECRET).slice(1, -1)],
    ["in JSON of ASCII alone", `p4ss w/\\u00f6rt+\\"'\\\\&`],
    ["in a URL", "p4ss%20w%2F%C3%B6rt%2B%22'%5C%26"],
    ["in a form", "p4ss+w%2F%C3%B6rt%2B%22'%5C%26"],
    ["in a URL as Python writes it", "p4ss%20w/%C3%B6rt%2B%22%27%5C%26"],
    ["in a form as Python writes it", "p4ss+w%2F%C3%B6rt%2B%22%27%5C%26"],
    ["in JSON that stands in JSON", `p4ss w/ört+\\\\\\"'\\\\\\\\&`],
    ["as Node inspects it", `p4ss w/ört+"'\\\\&`],
    ["as Node inspects it among all quotes, or Python represents it", `p4ss w/ört+"\\'\\\\&`],
    ["as Python represents its bytes", `p4ss w/\\xc3\\xb6rt+"\\'\\\\&`],
    ["as a shell traces it", `p4ss w/ört+"'\\''\\&`],
    ["in hex digits", Buffer.from(SECRET).toString("hex")],
    ["in large hex digits", Buffer.from(SECRET).toString("hex").toUpperCase()],
  ])("%s", (_how, written) => {
    expect(mask(`before ${written} behind`)).toBe("before *** behind");
  });

  it.each(["", "u", "us", "user:", "user:x"])("in base64, with %j before it", (before) => {
    for (const encoding of ["base64", "base64url"] as const) {
      const written = mask(Buffer.from(`${before}${SECRET} and more`).toString(encoding));
      expect(written).toContain("***");
      // What is left at the edges tells at most the bits of a byte that share a digit with what stands beside it.
      const rest = Buffer.from(written.split("***")[0]!, "base64").toString("latin1");
      expect(before.startsWith(rest)).toBe(true);
    }
  });

  it("with what is no letter in it, as Node and Python write it", () => {
    const odd = maskSecrets({ ODD: "bell\x07escape\x1bback\bdel\x7fnull\0" });
    expect(odd(inspect("bell\x07escape\x1bback\bdel\x7fnull\0"))).toBe("'***'");
    expect(odd("'bell\\x07escape\\x1bback\\x08del\\x7fnull\\x00'")).toBe("'***'");
  });

  it.each([76, 64])("in base64 of lines of %i digits", (width) => {
    const long = Array.from({ length: 33 }, (_, at) => `part-${at}`).join(",");
    const lines = Buffer.from(long)
      .toString("base64")
      .match(new RegExp(`.{1,${width}}`, "g"))!;
    expect(lines.length).toBeGreaterThan(3);
    // At the end a digit may be left that holds some bits of the last byte.
    for (const line of lines) expect(maskSecrets({ LONG: long })(line)).toMatch(/^\*\*\*.?=*$/);
  });

  it("line by line, and the password of a URL by itself", () => {
    const both = maskSecrets({ PEM: "first line\r\nsecond line", URL: "postgresql://me:p%40ss-word@host/db" });
    expect(both("second line, p%40ss-word and p@ss-word of me")).toBe("***, *** and *** of me");
  });

  it("without the blanks around it, which a shell drops", () => {
    expect(maskSecrets({ PADDED: "  two words \t" })("+ echo two words")).toBe("+ echo ***");
    expect(maskSecrets({ PADDED: "  two words " })("[  two words ]")).toBe("[***]");
  });

  it("but not its encoding where it is short, nor anything where it is blank", () => {
    expect(maskSecrets({ WORD: "log" })("the log bG9n 6c6f67")).toBe("the *** bG9n 6c6f67");
    expect(maskSecrets({ BLANK: " " })("a b")).toBe("a b");
  });
});
