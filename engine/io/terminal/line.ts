import { unreachable } from "../../core/unreachable.ts";
import { formatDuration } from "./format-duration.ts";
import { pad } from "./format-table.ts";
import type { Paint, Style } from "./paint.ts";
import { printable } from "./printable.ts";

/** What happened, as the sign at the beginning of a line. */
export type Mark = "done" | "reused" | "failed" | "skipped" | "retry" | "warning";

/** One line about a phase, before it is laid out. */
export interface Line {
  readonly mark: Mark;
  /** `phase`, or `phase[key]`. */
  readonly name: string;
  /** Milliseconds, where it took time. */
  readonly duration?: number;
  readonly text: string;
  /** What to do; on a line of its own. */
  readonly hint?: string;
}

export interface LineStyle {
  readonly paint: Paint;
  /** The width of the names, in code points. */
  readonly width: number;
}

/** Lays out a line: sign, name, duration, text, with what follows indented below the text. */
export function formatLine(line: Line, { paint, width }: LineStyle): string {
  const { sign, style } = signOf(line.mark);
  const indent = " ".repeat(width + 4);
  const duration = line.duration === undefined ? "" : pad(formatDuration(line.duration), 8, "right");
  const text = indented(line.text, indent);
  const gap = duration === "" || text === "" ? "" : "  ";
  const first = `${paint(style, sign)} ${pad(line.name, width, "left")}  ${duration}${gap}${text}`.trimEnd();
  if (line.hint === undefined || line.hint === "") return first;
  return `${first}\n${indent}${paint("dim", `hint: ${indented(line.hint, `${indent}      `)}`)}`;
}

function indented(text: string, indent: string): string {
  const shown = printable(text);
  return shown.includes("\n") ? shown.replaceAll("\n", `\n${indent}`) : shown;
}

function signOf(mark: Mark): { readonly sign: string; readonly style: Style } {
  switch (mark) {
    case "done":
      return { sign: "✓", style: "green" };
    case "reused":
      return { sign: "↺", style: "cyan" };
    case "failed":
      return { sign: "✗", style: "red" };
    case "skipped":
      return { sign: "–", style: "dim" };
    case "retry":
      return { sign: "⟳", style: "yellow" };
    case "warning":
      return { sign: "!", style: "yellow" };
    default:
      return unreachable(mark);
  }
}
