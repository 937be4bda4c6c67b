import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeCsv } from "./decode-csv.ts";

const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()).map((value) => value + 0);

const table = fc
  .record({ rows: fc.integer({ min: 1, max: 20 }), columns: fc.integer({ min: 1, max: 8 }) })
  .chain(({ rows, columns }) =>
    fc.array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );

it("numbers are read as they were written, whatever stands between and around them", () => {
  fc.assert(
    fc.property(
      table,
      fc.constantFrom(",", ";", "\t"),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.record({ mark: fc.boolean(), names: fc.boolean(), quotes: fc.boolean(), blanks: fc.nat({ max: 3 }) }),
      (rows, separator, end, { mark, names, quotes, blanks }) => {
        const written = (value: number | string) => (quotes ? `"${value}"` : `${value}`);
        const titles = rows[0]!.map((_, column) => written(`column ${column}`));
        const lines = [...(names ? [titles] : []), ...rows.map((row) => row.map(written))];
        const text = `${mark ? "\uFEFF" : ""}${lines.map((line) => line.join(separator)).join(end)}${end.repeat(blanks)}`;
        expect(decodeCsv(Buffer.from(text), "points")).toEqual({
          count: rows.length,
          dimension: rows[0]!.length,
          values: Float64Array.from(rows.flat()),
        });
      },
    ),
    { numRuns: 500, seed: 1 },
  );
});
