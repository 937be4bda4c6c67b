import type { ReportContent } from "./report-content.ts";
import { type ReportSection, reportSections } from "./report-sections.ts";

export function reportMarkdown(content: ReportContent): string {
  const parts = reportSections(content).map(({ heading, sentences, table }) =>
    [`## ${heading}`, "", ...sentences.flatMap((sentence) => [escaped(sentence), ""]), ...tableLines(table)].join("\n"),
  );
  return [`# ${escaped(content.title)}\n`, ...parts].join("\n");
}

function tableLines([header, ...rows]: ReportSection["table"]): string[] {
  if (header === undefined) return [];
  return [row(header), row(header.map((_, column) => (column === 0 ? "---" : "---:"))), ...rows.map(row), ""];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escaped).join(" | ")} |`;
}

/** A key may hold anything. */
function escaped(text: string): string {
  return text.replace(/[\\|`*_~&<>[\]]/g, (character) => `\\${character}`).replace(/\s+/g, " ");
}
