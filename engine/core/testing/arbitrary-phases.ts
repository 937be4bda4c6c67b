import fc from "fast-check";

/** What a phase of a random pipeline is: one instance, a list in the pipeline, or one that the phase `list` writes. */
type Fan = "single" | "static" | "dynamic";

interface Sketch {
  readonly fan: Fan;
  readonly partial: boolean;
  readonly wires: readonly { readonly to: number; readonly how: "input" | "gather" | "after" }[];
  readonly cpu: number;
  readonly memory: number;
}

const EACH = { single: undefined, static: ["a", "b", "c"], dynamic: "list.items" } as const;

/** Phases as a user could write them: any DAG, gathers, fan-outs matched by key, orders without an input. */
export const arbitraryPhases: fc.Arbitrary<Readonly<Record<string, object>>> = fc
  .array(
    fc.record({
      fan: fc.constantFrom<Fan>("single", "static", "dynamic"),
      partial: fc.boolean(),
      wires: fc.array(
        fc.record({ to: fc.nat(), how: fc.constantFrom("input" as const, "gather" as const, "after" as const) }),
        { maxLength: 4 },
      ),
      cpu: fc.integer({ min: 1, max: 4 }),
      memory: fc.constantFrom(0, 0, 100, 300),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((sketches) => ({
    list: { outputs: { items: "items.json" } },
    ...Object.fromEntries(sketches.map((sketch, index) => [`p${index}`, written(sketch, sketches.slice(0, index))])),
  }));

function written(sketch: Sketch, earlier: readonly Sketch[]): object {
  const inputs: Record<string, string> = {};
  const after: string[] = [];
  for (const { to, how } of earlier.length === 0 ? [] : sketch.wires) {
    const index = to % earlier.length;
    const { fan } = earlier[index]!;
    if (how === "after") after.push(`p${index}`);
    else if (fan === "single") inputs[`i${index}`] = `p${index}.out`;
    else if (how === "gather" || fan !== sketch.fan) inputs[`g${index}`] = `p${index}[*].out`;
    else inputs[`i${index}`] = `p${index}.out`;
  }
  return {
    inputs,
    after,
    outputs: { out: "out.txt" },
    partial: sketch.partial,
    resources: { cpu: sketch.cpu, memory: sketch.memory },
    ...(sketch.fan === "single" ? {} : { each: EACH[sketch.fan], key: "${item}" }),
  };
}
