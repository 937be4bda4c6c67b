import { StepError } from "@orchestrate/sdk";
import { BackboneArchitecture } from "./architecture.ts";
import { defaultShape, ShapeOptions } from "./shape-options.ts";

/**
 * The architecture for images of `size` pixels along each side.
 *
 * @param options others than those of `ShapeOptions` are passed over.
 * @throws StepError `architecture-does-not-fit` (input) where size and patch, or width and heads, do not go together.
 */
export function fitArchitecture(size: number, options: ShapeOptions): BackboneArchitecture {
  const given = Object.entries(ShapeOptions.strip().parse(options)).filter(([, value]) => value !== undefined);
  const shape = { ...defaultShape, ...Object.fromEntries(given), size };
  const parsed = BackboneArchitecture.safeParse({ overlap: Math.floor(shape.patch / 2), ...shape });
  if (parsed.success) return parsed.data;
  const { patch, width, heads } = shape;
  throw new StepError({
    error: "architecture-does-not-fit",
    category: "input",
    detail: `Images of ${size} pixels, patch ${patch}, width ${width}, heads ${heads}: ${parsed.error.issues.map(({ message }) => message).join("; ")}.`,
    hint: "Change patch or heads, or the size in vision/dataset.",
  });
}
