import { expect, it } from "vitest";
import { graphOf } from "../core/testing/graph-of.ts";
import { checkSources } from "./check-sources.ts";

it("no input and no code holds the runs directory", () => {
  const graph = graphOf({
    before: {},
    a: { inputs: { all: { path: "." }, some: { path: "data" }, log: "before.log" }, code: ["src", "..", "runs"] },
  });
  const issues = checkSources(graph, { root: "/p", runsDirectory: "/p/runs" });
  expect(issues.map(({ path }) => path.join("."))).toEqual([
    "phases.a.inputs.all.path",
    "phases.a.code.1",
    "phases.a.code.2",
  ]);
  expect(issues[0]).toMatchObject({
    message: "holds the runs directory /p/runs, which changes with every run.",
    hint: "Name what is meant more closely, or keep the runs elsewhere with --runs-dir.",
  });
});
