import { lineChart } from "./line-chart.ts";
import { type Markup, markup } from "./markup.ts";
import { reportCharts } from "./report-charts.ts";
import type { ReportContent } from "./report-content.ts";
import type { ReportSection } from "./report-section.ts";
import { reportSections } from "./report-sections.ts";

/** A page that needs nothing beside itself: no script, no font, nothing from the network. */
export function reportHtml(content: ReportContent): string {
  const [replays, ...others] = reportSections(content);
  const charts = reportCharts(content.replays).map((chart) => markup`<figure>${lineChart(chart)}</figure>`);
  return markup`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${content.title}</title>
${STYLE}
<h1>${content.title}</h1>
${section(replays)}
${charts}
${others.map(section)}
</html>
`.text;
}

function section({ heading, sentences, table }: ReportSection): Markup {
  const paragraphs = sentences.map((sentence) => markup`<p>${sentence}</p>`);
  return markup`<h2>${heading}</h2>
${paragraphs}
${tableMarkup(table)}`;
}

function tableMarkup([header, ...rows]: ReportSection["table"]): Markup {
  if (header === undefined) return markup``;
  const head = header.map((cell) => markup`<th>${cell}</th>`);
  const body = rows.map((row) => markup`<tr>${row.map((cell) => markup`<td>${cell}</td>`)}</tr>`);
  return markup`<table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody>
</table>`;
}

const STYLE = markup`<style>
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid #8884; font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { text-align: left; }
figure { margin: 1.5rem 0; }
svg { width: 100%; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
svg .title { font-weight: 600; font-size: 14px; }
svg .grid { stroke: #8884; }
</style>`;
