import type { ReportContent } from "./report-content.ts";
import type { ReportSection } from "./report-section.ts";
import { reportSections } from "./report-sections.ts";

/** The report as GitHub shows Markdown: tables, and no HTML. */
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
