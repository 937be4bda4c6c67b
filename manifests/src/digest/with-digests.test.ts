import { expect, it } from "vitest";
import { digestBytes } from "./digest-bytes.ts";
import { statRecord } from "./stat-record.ts";
import { withDigests } from "./with-digests.ts";

const stat = statRecord(import.meta.filename);
const paths = [".", "large", "link", "small"];
const entries = paths.map((path) => ({ path, ...stat }));
const digest = digestBytes("content");
const file = (path: string, size: number) => ({ path, type: "file" as const, size, digest });

it("entries of a tree are told with the digests of files of 64 KiB and more", () => {
  const told = withDigests(entries, {
    digest,
    size: 65_536 + 65_535,
    entries: [file("large", 65_536), { path: "link", type: "link", target: "x".repeat(70_000) }, file("small", 65_535)],
  });
  expect(told.map(({ path, digest }) => [path, digest])).toEqual([
    [".", undefined],
    ["large", digest],
    ["link", undefined],
    ["small", undefined],
  ]);
});

it("entries are told as they are where nothing is large, and of a file", () => {
  expect(withDigests(entries, { digest, size: 1, entries: [file("small", 1)] })).toBe(entries);
  expect(withDigests(entries, { digest, size: 100_000 })).toBe(entries);
});
