import { describe, expect, it } from "vitest";
import { type LockedPackages, lockedClosure } from "./locked-closure.ts";

const check = (
  title: string,
  locked: LockedPackages,
  start: string,
  packages: Record<string, string>,
  links: readonly string[] = [],
) =>
  it(title, () => {
    const closure = lockedClosure(locked, start);
    expect([Object.fromEntries(closure.packages), closure.links]).toEqual([packages, links]);
  });

describe("lockedClosure", () => {
  check(
    "takes the nearest of two versions",
    {
      "node_modules/a": { version: "1.0.0", integrity: "A", dependencies: { b: "*" } },
      "node_modules/a/node_modules/b": { version: "2.0.0", integrity: "B2", dependencies: { c: "*" } },
      "node_modules/b": { version: "1.0.0", integrity: "B1" },
      "node_modules/c": { version: "1.0.0", integrity: "C", dependencies: { b: "*" } },
    },
    "node_modules/a",
    { "a@1.0.0": "A", "b@2.0.0": "B2", "c@1.0.0": "C", "b@1.0.0": "B1" },
  );
  check(
    "climbs out of a workspace",
    {
      "steps/x/node_modules/a": { version: "1.0.0", integrity: "A", dependencies: { b: "*", d: "*" } },
      "steps/x/node_modules/b": { version: "1.0.0", integrity: "B" },
      "node_modules/d": { version: "1.0.0", integrity: "D" },
    },
    "steps/x/node_modules/a",
    { "a@1.0.0": "A", "b@1.0.0": "B", "d@1.0.0": "D" },
  );
  check(
    "names an alias by the package it is",
    { "node_modules/short": { name: "@scope/long", version: "1.0.0", integrity: "L" } },
    "node_modules/short",
    { "@scope/long@1.0.0": "L" },
  );
  check(
    "gives links apart, and what is bundled by its version",
    {
      "node_modules/a": { version: "1.0.0", integrity: "A", dependencies: { linked: "*", bundled: "*" } },
      "node_modules/linked": { resolved: "packages/linked", link: true },
      "packages/linked": { version: "0.0.0" },
      "node_modules/a/node_modules/bundled": { version: "3.0.0" },
    },
    "node_modules/a",
    { "a@1.0.0": "A", "bundled@3.0.0": "bundled" },
    ["packages/linked"],
  );
  check(
    "leaves out what is optional and not installed, and ends in circles",
    {
      "node_modules/a": {
        version: "1.0.0",
        integrity: "A",
        optionalDependencies: { b: "*" },
        peerDependencies: { c: "*" },
      },
      "node_modules/c": { version: "1.0.0", integrity: "C", dependencies: { a: "*" } },
    },
    "node_modules/a",
    { "a@1.0.0": "A", "c@1.0.0": "C" },
  );
});
