import { z } from "@orchestrate/sdk";
import { expect, it } from "vitest";
import { PhaseDocument } from "./phase-schema.ts";
import { parseBySchema } from "./schema-issues.ts";

const list =
  "must be a list of items; the list that a phase wrote can't be one of several: let that phase write them all.";

it.each<[field: string, value: unknown, words: string]>([
  ["timeout", 30, "must be a duration such as 500ms, 30s, 10m or 2h."],
  ["retry", 3, "must be a map, as { attempts: 3, delay: 10s }."],
  ["resources", 4, "must be a map, as { cpu: 2, memory: 4096 }."],
  ["resources.memory", "4GB", "must be a number of MiB, as 4096."],
  ["resources.cpu", "all", "must be a number of cores."],
  ["resources.gpu", true, "must be a number of accelerators."],
  ["env", { A: "1" }, "must be a list of names of environment variables."],
  ["secrets", "TOKEN", "must be a list of names of environment variables."],
  ["after", "train", "must be a list of phases."],
  ["code", "requirements.txt", "must be a list of files."],
  ["publish", "out", "must be a map, as { to: out/table.csv, output: table }."],
  ["inputs", ["a.b"], "must be a map of the step's inputs, each wired to phase.output or { path: … }."],
  ["outputs", "o.txt", "must be a map of outputs, each a path."],
  ["with", "x", "must be a map: the step's config."],
  ["each.fold", "splits.list", list],
])("a phase's %s of another type is told with what it may be: %j", (field, value, message) => {
  const written = field.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  const parsed = parseBySchema(PhaseDocument, { step: "a/b", ...(written as object) });
  expect(parsed).toEqual({ issues: [{ path: field.split("."), message, hint: "" }] });
});

it("describes every field, for editors", () => {
  const { properties = {} } = z.toJSONSchema(PhaseDocument, { io: "input" });
  for (const [field, schema] of Object.entries(properties))
    expect(schema, field).toMatchObject({ description: expect.stringMatching(/^\S.*\.$/) });
});
