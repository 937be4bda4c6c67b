import { describe, expect, it } from "vitest";
import { formatLine } from "./line.ts";
import { painter } from "./paint.ts";
import { printable } from "./printable.ts";
import { progressText } from "./progress-text.ts";

describe("printable", () => {
  it.each([
    ["plain ✓ ünï\n\twords", "plain ✓ ünï\n\twords"],
    ["\u001b[31mred\u001b[0m and \u001b]0;title\u0007title", "red and title"],
    ["\u001b[2J\u001b[1;1Hgone", "gone"],
    ["a\u0007b\rc\u0000d\u009be", "a\\x07b\\x0dc\\x00d\\x9be"],
  ])("of %j is %j", (text, shown) => expect(printable(text)).toBe(shown));
});

describe("what a program wrote is made printable", () => {
  const wild = "\u001b[2Jwild\u0007";

  it("in a line about a phase", () => {
    const line = { mark: "failed", name: "a", text: `failed: ${wild}`, hint: wild } as const;
    expect(formatLine(line, { paint: painter("off"), width: 1 })).toBe("✗ a  failed: wild\\x07\n     hint: wild\\x07");
  });

  it("in the progress line", () => {
    const active = [{ id: "a", phase: "a", done: 0, total: 0, message: wild }];
    expect(progressText({ active, ended: 0, total: 1, columns: 80 })).toBe("0/1  a  wild\\x07");
  });
});
