import { digestJson, statRecord } from "@orchestrate/manifests";
import { describe, expect, it } from "vitest";
import type { Instance } from "../core/graph/instance.ts";
import type { Pinned } from "../core/plan/instance-facts.ts";
import type { Outcome } from "../core/schedule/outcome.ts";
import { Schedule } from "../core/schedule/schedule.ts";
import { committedAs } from "../core/testing/committed-as.ts";
import { RunRig } from "./fixtures/run-rig.ts";
import { locateInputs } from "./locate-inputs.ts";
import type { PreparedFacts } from "./prepare-instances.ts";

const stat = { path: ".", ...statRecord(import.meta.dirname) };

interface Given {
  readonly ends?: Readonly<Record<string, Outcome>>;
  readonly sources?: PreparedFacts["sources"];
  readonly previous?: ReadonlyMap<string, Pinned>;
}

/** The inputs of the phase `last`, once all others have committed their logs, or have ended as told. */
function locate(phases: Readonly<Record<string, object>>, given: Given = {}) {
  const { ends = {}, sources = {}, previous = new Map() } = given;
  using rig = new RunRig(phases);
  const scope = { ...rig.scope(), directory: "/run", previous };
  const schedule = new Schedule(rig.graph, scope.selected, new Map());
  let last: Instance | undefined;
  for (let next = schedule.next(); next !== undefined; next = schedule.next()) {
    if (next.phase === "last") last = next;
    else schedule.finished(next, ends[next.id] ?? committedAs(next.id, ["log"]));
  }
  const stats = new Map([["/run/phases/a/artifacts/out", [stat]]]);
  return locateInputs({ scope, schedule, stats }, last!, { sources });
}

/** `last` takes up a directory that an earlier run kept. */
const carrying = {
  keep: { outputs: { kept: { path: "kept/", kind: "folder" } } },
  last: { step: "made-up/images", inputs: { folder: { previous: "keep.kept" } } },
};

const artifactOf = (phase: string) => ({
  path: `/run/phases/${phase}/artifacts/out`,
  digest: digestJson(`${phase.replace(/\/(.*)/, "[$1]")}.log`),
  form: "file",
});

describe("an input is found", () => {
  it("where the phase that it is wired to has committed it, guarded by how it was then", () => {
    const artifact = artifactOf("a");
    expect(locate({ a: {}, last: { inputs: { x: "a.log" } } }).x).toEqual({
      input: { is: "one", artifact },
      record: { phase: "a", output: "log", digest: artifact.digest, manifest: digestJson("a") },
      guard: [{ artifact, stats: [stat], phase: "/run/phases/a" }],
    });
  });

  it("in the instance with the same key", () => {
    const each = { each: ["one"], key: "${item}" };
    const artifact = artifactOf("fan/one");
    expect(locate({ fan: each, last: { ...each, inputs: { x: "fan.log" } } }).x).toEqual({
      input: { is: "one", artifact },
      record: { phase: "fan", key: "one", output: "log", digest: artifact.digest, manifest: digestJson("fan[one]") },
      guard: [{ artifact, stats: [], phase: "/run/phases/fan/one" }],
    });
  });

  it("in all instances that have it, in the order of the list, with their items", () => {
    const fan = { each: [{ n: 3 }, { n: 2 }, { n: 1 }, { n: 0 }], key: "n${item.n}", partial: true };
    const ends = { "fan[n2]": { type: "failed" }, "fan[n0]": committedAs("fan[n0]", []) } as const;
    const { x } = locate({ fan, last: { inputs: { x: "fan[*].log" } } }, { ends });
    const artifacts = [3, 1].map((n) => ({ ...artifactOf(`fan/n${n}`), key: `n${n}`, item: { n } }));
    expect(x!.input).toEqual({ is: "list", artifacts });
    expect(x!.record).toEqual({
      gather: artifacts.map(({ key, digest }) => {
        return { phase: "fan", key, output: "log", digest, manifest: digestJson(`fan[${key}]`) };
      }),
    });
    expect(x!.guard.map(({ artifact: { path }, phase }) => [path, phase])).toEqual(
      artifacts.map(({ path, key }) => [path, `/run/phases/fan/${key}`]),
    );
  });

  it("outside, as it was digested", () => {
    const source = { path: "/data", digest: digestJson("data"), form: "directory", stats: [stat] } as const;
    const { path, digest, form } = source;
    expect(locate({ last: { inputs: { x: { path: "../data" } } } }, { sources: { x: source } }).x).toEqual({
      input: { is: "one", artifact: { path, digest, form } },
      record: { path: "../data", digest },
      guard: [{ artifact: { path, digest, form }, stats: [stat], phase: undefined }],
    });
  });

  it("in the run that it was pinned to, in the form that the phase gives it now", () => {
    const pinned = { run: "earlier", path: "/earlier/images", digest: digestJson("i"), manifest: digestJson("m") };
    expect(locate(carrying, { previous: new Map([["keep.kept", pinned]]) }).folder).toEqual({
      input: { is: "one", artifact: { path: pinned.path, digest: pinned.digest, form: "directory" } },
      record: { previous: "keep.kept", run: "earlier", digest: pinned.digest, manifest: pinned.manifest },
      guard: [],
    });
  });
});

describe("an input is absent", () => {
  const absent = { input: { is: "absent" }, record: undefined, guard: [] };
  const images = { step: "made-up/images" };
  const last = { step: "made-up/train", inputs: { images: "images.images", base: "model.model" } };
  const model = { step: "made-up/train", inputs: { images: "images.images" } };
  const made = committedAs("images", ["images"]);

  it("where it is optional, and was not written or is not there yet", () => {
    const ends = { images: made, model: committedAs("model", []) };
    expect(locate({ images, model, last }, { ends }).base).toEqual(absent);
    expect(locate(carrying).folder).toEqual(absent);
    expect(locate(carrying, { previous: new Map([["keep.kept", null]]) }).folder).toEqual(absent);
  });

  it("never where the step needs it, or only the pipeline knows of it", () => {
    const told = (detail: string) => expect.objectContaining({ code: "input-absent", category: "failed", detail });
    expect(() => locate({ images, last: model }, { ends: { images: committedAs("images", []) } })).toThrow(
      told('The input "images" of last is wired to images.images, an optional output that was not written.'),
    );
    expect(() => locate({ a: {}, last: { inputs: { x: "a.log" } } }, { ends: { a: committedAs("a", []) } })).toThrow(
      told('The input "x" of last is wired to a.log, an optional output that was not written.'),
    );
  });
});
