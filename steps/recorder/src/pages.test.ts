import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadFilter } from "./filter/load-filter.ts";
import { DEFAULT_POLICY } from "./policy/policy.ts";
import { RecordConfig } from "./session/record-config.ts";

const page = (path: string) => readFileSync(new URL(`../../../docs/${path}`, import.meta.url), "utf8");

describe("docs/formats/trace-filter.md", () => {
  it("shows a filter that is one", () => {
    const shown = /```\n(\[meta\][^`]*)```/.exec(page("formats/trace-filter.md"))?.[1] ?? "";
    const before = `[meta]\nname = "n"\nversion = 1\n[scope]\ndefault_exec = "trace"\ndefault_value_action = "allow"\n`;
    const filter = loadFilter(
      [
        { inline: "before", text: before },
        { inline: "shown", text: shown },
      ],
      "/",
    );
    expect(filter.rules).toMatchObject([{ valueDefault: "redact", patterns: [{ action: "allow" }] }]);
  });
});

describe("docs/guide/recording.md", () => {
  it.each([...Object.keys(RecordConfig.shape), ...Object.keys(DEFAULT_POLICY)])("speaks of `%s`", (field) => {
    expect(page("guide/recording.md")).toContain(`\`${field}\``);
  });

  it.each([
    "project-file-missing",
    "recorder-target-unknown",
    "recorder-policy-invalid",
    "filter-unreadable",
    "filter-invalid",
    "filter-empty",
    "recorder-io-failed",
    "recorder-tracer-failed",
    "recorder-stream-damaged",
    "recorder-trace-missing",
    "recorded-program-failed",
    "trace-unreadable",
    "trace-place-not-reached",
  ])("names the error `%s`", (code) => {
    expect(page("guide/recording.md")).toContain(`\`${code}\``);
  });
});
