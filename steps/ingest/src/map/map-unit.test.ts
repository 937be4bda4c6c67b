import { runStep } from "@orchestrate/sdk/testing";
import { describe, expect, it } from "vitest";
import map from "../map.ts";
import { mappers } from "./find-mapper.ts";
import { MODELS } from "./mapper.ts";

const issue = {
  id: "10001",
  key: "SEA-1",
  fields: {
    summary: "Leak",
    status: { name: "Done", statusCategory: { key: "done" } },
    labels: ["hull"],
    created: "2026-01-01",
  },
};

describe("ingest/map", () => {
  it("makes issues into work items", async () => {
    using result = await runStep(map, {
      config: { family: "jira", unit: "issues" },
      inputs: { units: { rows: [issue] } },
    });
    expect(result.error).toBeUndefined();
    expect(result.outputs.rows.rows()).toEqual([
      expect.objectContaining({
        cdm_id: "cdm:work:item:jira:10001",
        source_system: "jira",
        source_id: "10001",
        key: "SEA-1",
        summary: "Leak",
        status: "Done",
        status_category: "done",
        labels: ["hull"],
        priority: null,
        raw_source: issue,
      }),
    ]);
  });

  it("takes paths of its own, and goes through lists", async () => {
    const page = {
      id: 7,
      title: "T",
      ancestors: [{ id: 1 }, { id: 2 }],
      metadata: { labels: { results: [{ name: "a" }, { name: "b" }] } },
    };
    using result = await runStep(map, {
      config: { family: "confluence", unit: "page", fields: { doc_type: "title" } },
      inputs: { units: { rows: [page] } },
    });
    expect(result.outputs.rows.rows()).toEqual([
      expect.objectContaining({ tags: ["a", "b"], parent_id: [1, 2], doc_type: "T" }),
    ]);
  });

  it("refuses a unit without an id, or sets it aside", async () => {
    const inputs = { units: { rows: [issue, { key: "SEA-2" }, issue] } };
    using refused = await runStep(map, { config: { family: "jira", unit: "issues" }, inputs });
    expect(refused.error).toMatchObject({
      code: "unit-rejected",
      detail: "The unit of line 2 can't be mapped: it has no id at id.",
    });
    using aside = await runStep(map, { config: { family: "jira", unit: "issues", rejects: "set-aside" }, inputs });
    expect(aside.metrics).toEqual({ rows: 2, rejects: 1 });
    expect(aside.outputs.rejects?.rows()).toEqual([{ line: 2, reason: "it has no id at id", unit: { key: "SEA-2" } }]);
  });

  it("names the mappers that there are", async () => {
    using result = await runStep(map, { config: { family: "jira", unit: "boards" }, inputs: { units: { rows: [] } } });
    expect(result.error).toMatchObject({ code: "mapper-unknown", detail: "There is no mapper of jira.boards." });
    expect(String(result.error)).toContain("onedrive.docs onto cdm.doc.item");
  });

  it("knows every field of its mappers' models, and every unit once", () => {
    for (const { model, fields } of mappers)
      expect(Object.keys(fields).filter((name) => !(MODELS[model] as readonly string[]).includes(name))).toEqual([]);
    const ids = mappers.map(({ family, unit, model }) => `${family}.${unit}.${model}`);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
