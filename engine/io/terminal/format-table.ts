/**
 * Rows with aligned columns, two spaces between; empty columns vanish, and nothing trails. `right`: columns of numbers.
 */
export function formatTable(
  rows: readonly (readonly string[])[],
  { right = [], indent = "" }: { readonly right?: readonly number[]; readonly indent?: string } = {},
): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    rows.reduce((width, row) => Math.max(width, textWidth(row[column] ?? "")), 0),
  );
  return rows
    .map((row) => {
      const cells = widths.flatMap((width, column) =>
        width === 0 ? [] : [pad(row[column] ?? "", width, right.includes(column) ? "right" : "left")],
      );
      return `${indent}${cells.join("  ")}`.trimEnd();
    })
    .join("\n");
}

/** Pads to a width in code points. */
export function pad(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(0, width - textWidth(text)));
  return align === "left" ? text + space : space + text;
}

function textWidth(text: string): number {
  // Taking a string apart is dear, and most need not be.
  return NEEDS_COUNTING.test(text) ? [...text].length : text.length;
}

const NEEDS_COUNTING = /[\ud800-\udfff]/;
