import type { Ingredient, Lineage, Made, Place, Product, Use } from "./lineage.ts";

/** A lineage for people: what made it, upwards, and what used it, downwards. */
export function describeLineage({ digest, made, uses }: Lineage): string {
  return [
    made === null ? `${digest}  from outside, or from a run that the gateway does not know` : `${digest}  ${made.kind}`,
    ...(made === null ? [] : ["made by", ...makerLines(made, "  ")]),
    ...(uses.length === 0 ? ["used by nothing"] : ["used by", ...uses.flatMap((use) => useLines(use, "  "))]),
  ].join("\n");
}

function makerLines(made: Made, indent: string): readonly string[] {
  const { output, step, time, otherRuns, inputs } = made;
  const others =
    otherRuns.length === 0 ? "" : `, held by ${otherRuns.length} more run${otherRuns.length === 1 ? "" : "s"}`;
  return [
    `${indent}${placeOf(made)}.${output}  ${step}, ${time}${others}`,
    ...inputs.flatMap((ingredient) => ingredientLines(ingredient, `${indent}  `)),
  ];
}

function ingredientLines({ input, digest, path, made }: Ingredient, indent: string): readonly string[] {
  const head = `${indent}${input}: ${shortDigest(digest)}${path === null ? "" : `  ${path}`}`;
  return made === null ? [head] : [head, ...makerLines(made, `${indent}  `)];
}

function useLines(use: Use, indent: string): readonly string[] {
  return [
    `${indent}${placeOf(use)}  as ${use.input}, ${use.step}, ${use.time}`,
    ...use.outputs.flatMap((product) => productLines(product, `${indent}  `)),
  ];
}

function productLines({ output, digest, uses }: Product, indent: string): readonly string[] {
  return [`${indent}${output}: ${shortDigest(digest)}`, ...uses.flatMap((use) => useLines(use, `${indent}  `))];
}

function placeOf({ run, phase, key }: Place): string {
  return `${run}/${phase}${key === null ? "" : `[${key}]`}`;
}

/** Enough to find it again. */
function shortDigest(digest: string): string {
  return `${digest.slice(0, "sha256:".length + 12)}…`;
}
