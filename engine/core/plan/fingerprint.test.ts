import { digestJson } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import { type FingerprintSources, fingerprint, gatherDigest, platformDigest } from "./fingerprint.ts";

const here = { node: 24, platform: "linux", arch: "x64" };

const sources: FingerprintSources = {
  code: digestJson("code"),
  config: digestJson("config"),
  item: digestJson("item"),
  inputs: { images: digestJson("images"), base: null },
  seeds: { order: 1, weights: 2 },
  services: { "a/b": digestJson("service") },
  env: { LANG: "C", UNSET: null },
  files: { "count.py": digestJson("file") },
  outputs: digestJson("outputs"),
  version: "7",
  platform: platformDigest(here),
};

const other = digestJson("other");
const changes: readonly [part: string, changed: Partial<FingerprintSources>][] = [
  ["code", { code: other }],
  ["config", { config: other }],
  ["item", { item: other }],
  ["item", { item: undefined }],
  ["inputs.images", { inputs: { ...sources.inputs, images: other } }],
  ["inputs.images", { inputs: { ...sources.inputs, images: null } }],
  ["inputs.base", { inputs: { ...sources.inputs, base: other } }],
  ["inputs.more", { inputs: { ...sources.inputs, more: other } }],
  ["seeds.order", { seeds: { ...sources.seeds, order: 3 } }],
  ["services.a/b", { services: { "a/b": other } }],
  ["env.LANG", { env: { ...sources.env, LANG: "de_DE" } }],
  ["env.UNSET", { env: { ...sources.env, UNSET: "" } }],
  ["files.count.py", { files: { "count.py": other } }],
  ["outputs", { outputs: other }],
  ["outputs", { outputs: undefined }],
  ["version", { version: "8" }],
  ["version", { version: null }],
  ["platform", { platform: platformDigest({ ...here, node: 26 }) }],
  ["platform", { platform: platformDigest({ ...here, platform: "darwin" }) }],
  ["platform", { platform: platformDigest({ ...here, arch: "arm64" }) }],
];

describe("a fingerprint", () => {
  it.each(changes)("another %s changes that part alone: %j", (part, changed) => {
    const before = fingerprint(sources);
    const after = fingerprint({ ...sources, ...changed });
    const parts = new Set([...Object.keys(before.parts), ...Object.keys(after.parts)]);
    expect([...parts].filter((name) => before.parts[name] !== after.parts[name])).toEqual([part]);
    expect(after.digest).not.toBe(before.digest);
  });

  it("is the digest of its parts", () => {
    const { digest, parts } = fingerprint(sources);
    expect(digest).toBe(digestJson(parts));
    expect(Object.keys(parts).sort()).toEqual([
      "code",
      "config",
      "env.LANG",
      "env.UNSET",
      "files.count.py",
      "inputs.base",
      "inputs.images",
      "item",
      "outputs",
      "platform",
      "seeds.order",
      "seeds.weights",
      "services.a/b",
      "version",
    ]);
  });

  it("does not depend on the order in which things are written", () => {
    const turned = Object.fromEntries(
      Object.entries(sources).map(([name, value]) => [
        name,
        typeof value === "object" ? Object.fromEntries(Object.entries(value).reverse()) : value,
      ]),
    );
    expect(fingerprint(turned as unknown as FingerprintSources).digest).toBe(fingerprint(sources).digest);
  });

  it("shows no value of the environment", () => {
    expect(JSON.stringify(fingerprint({ ...sources, env: { PLACE: "somewhere" } }))).not.toContain("somewhere");
  });
});

describe("the digest of what is gathered", () => {
  const list = [
    { key: "a", digest: digestJson(1) },
    { key: "b", digest: digestJson(2) },
  ];

  it.each<[name: string, changed: typeof list]>([
    ["another order", list.toReversed()],
    ["another key", [list[0]!, { ...list[1]!, key: "c" }]],
    ["another content", [list[0]!, { ...list[1]!, digest: digestJson(3) }]],
    ["one fewer", [list[0]!]],
    ["none", []],
  ])("changes with %s", (_, changed) => {
    expect(gatherDigest(changed)).not.toBe(gatherDigest(list));
  });

  it("takes in nothing but keys and contents", () => {
    expect(gatherDigest(list.map((entry) => ({ ...entry, id: `train[${entry.key}]` })))).toBe(gatherDigest(list));
  });
});
