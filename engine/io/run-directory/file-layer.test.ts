import { linkSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileLayer } from "./file-layer.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "file-layer-"));
  writeFileSync(join(place, "from"), "text", { mode: 0o444 });
});
afterEach(() => rmSync(place, { recursive: true }));

const file = (to: string) => ({ from: join(place, "from"), to: join(place, to), mode: "link" }) as const;

describe("FileLayer", () => {
  it.each(["EXDEV", "EMLINK", "EPERM", "ENOTSUP"])("copies where a link is refused with %s", (code) => {
    const refusing: typeof linkSync = () => {
      throw Object.assign(new Error("refused"), { code });
    };
    expect(new FileLayer(refusing).lay(file("to"), { size: 4 })).toBe("copied");
    expect(readFileSync(join(place, "to"), "utf8")).toBe("text");
    expect(statSync(join(place, "from")).nlink).toBe(1);
  });

  it("writes over nothing", () => {
    writeFileSync(join(place, "to"), "mine");
    for (const mode of ["link", "copy"] as const)
      expect(() => new FileLayer(linkSync).lay({ ...file("to"), mode }, { size: 4 })).toThrow("EEXIST");
    expect(readFileSync(join(place, "to"), "utf8")).toBe("mine");
  });
});
