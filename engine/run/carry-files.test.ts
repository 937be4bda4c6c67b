import { digestBytes, statRecord } from "@orchestrate/manifests";
import { expect, it } from "vitest";
import { carryFiles } from "./carry-files.ts";
import { RunRig } from "./fixtures/run-rig.ts";
import type { FoundInput } from "./locate-inputs.ts";
import type { LaidFile, RunFiles } from "./ports/run-files.ts";

const large = digestBytes("large");
const model = digestBytes("model");
const stat = statRecord(import.meta.filename);
const link = { phase: "before", output: "log", digest: large, manifest: digestBytes("manifest") };

/** A tree with a file whose digest is remembered and one of which it is not, a file, and a file outside of the runs. */
const inputs: Readonly<Record<string, FoundInput>> = {
  tree: found("/runs/r/tree", "directory", large, "/runs/r/phases/a", [
    { ...stat, path: "." },
    { ...stat, path: "large", size: 7, digest: large },
    { ...stat, path: "small", size: 3 },
  ]),
  model: found("/runs/r/model", "file", model, "/runs/r/phases/b", [{ ...stat, path: ".", size: 5 }]),
  notes: found("/notes", "file", digestBytes("notes"), undefined, [{ ...stat, path: "." }]),
};
const carried = ["/runs/r/tree/large", "/runs/r/tree/small", "/runs/r/model", "/notes"].map((from, at) => ({
  path: `out/${at}`,
  from,
}));

function found(
  path: string,
  form: "file" | "directory",
  digest: string,
  phase: string | undefined,
  stats: FoundInput["guard"][number]["stats"],
): FoundInput {
  const artifact = { path, digest, form };
  return { input: { is: "one", artifact }, record: link, guard: [{ artifact, stats, phase }] };
}

function carry(durability: "strict" | "relaxed", lay: RunFiles["lay"]) {
  using rig = new RunRig({ before: {} }, durability);
  return carryFiles(rig.scope({ files: { lay } }), "/staging", inputs, carried);
}

it("what is linked is known with its durability, and its phase has a link more", () => {
  const laid: LaidFile[] = [];
  const lay = (files: readonly LaidFile[]) => {
    laid.push(...files);
    return files.map(({ mode }) => (mode === "link" ? ("linked" as const) : ("copied" as const)));
  };
  expect(carry("strict", lay)).toEqual({
    known: {
      "out/0": { digest: large, size: 7, bytes: "durable" },
      "out/2": { digest: model, size: 5, bytes: "durable" },
    },
    linked: new Set(["/runs/r/phases/a", "/runs/r/phases/b"]),
  });
  expect(laid).toEqual([
    { from: "/runs/r/tree/large", to: "/staging/out/0", mode: "link" },
    { from: "/runs/r/tree/small", to: "/staging/out/1", mode: "link" },
    { from: "/runs/r/model", to: "/staging/out/2", mode: "link" },
    { from: "/notes", to: "/staging/out/3", mode: "copy" },
  ]);
});

it("of a relaxed run nothing is durable", () => {
  expect(carry("relaxed", (files) => files.map(() => "linked")).known).toEqual({
    "out/0": { digest: large, size: 7 },
    "out/2": { digest: model, size: 5 },
  });
});

it("a copy has yet to be made durable, and leaves the original's links alone", () => {
  expect(carry("strict", (files) => files.map(() => "copied"))).toEqual({
    known: { "out/0": { digest: large, size: 7 }, "out/2": { digest: model, size: 5 } },
    linked: new Set(),
  });
});
