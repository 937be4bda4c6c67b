import type { Position } from "../../core/pipeline/pipeline-issue.ts";

/** The place of what a path of keys and indexes leads to, or of the nearest thing above it that is there. */
export type Locate = (path: readonly (string | number)[]) => Position | undefined;

/** Finds places in a text of YAML or JSON. `within` are keys that stand before every path. */
export async function locateIn(text: string, within: readonly string[] = []): Promise<Locate> {
  const { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  return (path) => {
    let value: unknown = parsed.contents;
    let place = rangeOf(value);
    for (const part of [...within, ...path]) {
      if (isAlias(value)) value = value.resolve(parsed);
      if (isMap(value)) {
        const pair = value.items.find(
          (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
        );
        if (pair === undefined) break;
        place = rangeOf(pair.key) ?? place;
        value = pair.value;
      } else if (isSeq(value)) {
        value = value.items[Number(part)];
        if (value === undefined) break;
        place = rangeOf(value) ?? place;
      } else break;
    }
    if (place === undefined) return undefined;
    const { line, col } = lines.linePos(place);
    return { line, column: col };
  };
}

function rangeOf(value: unknown): number | undefined {
  return (value as { readonly range?: readonly [number, number, number] | null } | null)?.range?.[0];
}
