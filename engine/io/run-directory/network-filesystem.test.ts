import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { isNetworkFilesystem, isNetworkType } from "./network-filesystem.ts";

describe("network file systems", () => {
  it.each([
    ["NFS", 0x6969, true],
    ["CIFS", 0xff534d42, true],
    ["CIFS as a signed number", 0xff534d42 | 0, true],
    ["SMB2", 0xfe534d42, true],
    ["Lustre", 0x0bd00bd0, true],
    ["ext4", 0xef53, false],
    ["tmpfs", 0x01021994, false],
    ["XFS", 0x58465342, false],
    ["FUSE, which does not tell", 0x65735546, false],
  ])("%s", (_, type, expected) => expect(isNetworkType(type)).toBe(expected));

  it("asks the system about a path that is there", () => {
    expect(isNetworkFilesystem(tmpdir())).toBe(false);
    expect(() => isNetworkFilesystem("/nowhere/at/all")).toThrow("ENOENT");
  });
});
