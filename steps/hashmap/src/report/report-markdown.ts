import type { ReportContent } from "./report-content.ts";
import { reportSections } from "./report-sections.ts";

export function reportMarkdown(content: ReportContent): string {
  const parts = reportSections(content).map(({ heading, sentences, table: [header = [], ...rows] }) =>
    [
      `## ${heading}`,
      "",
      ...sentences.flatMap((sentence) => [escaped(sentence), ""]),
      row(header),
      row(header.map((_, column) => (column === 0 ? "---" : "---:"))),
      ...rows.map(row),
      "",
    ].join("\n"),
  );
  return [`# ${escaped(content.title)}\n`, ...parts].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escaped).join(" | ")} |`;
}

/** A key may hold anything. */
function escaped(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/g, (character) => `\\${character}`).replace(/\s+/g, " ");
}
