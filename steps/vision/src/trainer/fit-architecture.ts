import { StepError } from "@orchestrate/sdk";
import type { Split } from "../images/image-set.ts";
import { Architecture } from "./architecture.ts";

/**
 * The architecture for the images at hand.
 *
 * @throws StepError `splits-differ` (input) where the splits differ in size or classes, come from different cuts, or one is empty, and
 * `architecture-does-not-fit` (input) where size and patch, or width and heads, do not go together.
 */
export function fitArchitecture(
  sets: Readonly<Record<"train" | "val_select", Split>>,
  shape: Pick<Architecture, "patch" | "width" | "depth" | "mixing" | "heads" | "expansion">,
): Architecture {
  const { size, classes, origin } = sets.train;
  for (const [name, set] of Object.entries(sets)) {
    if (set.size !== size) throw differ(`train has images of ${size} pixels, ${name} of ${set.size}`);
    if (set.classes.join("\n") !== classes.join("\n")) {
      throw differ(`train has the classes ${classes.join(", ")}, ${name} has ${set.classes.join(", ")}`);
    }
    if (set.origin.cut !== origin.cut)
      throw differ(`train and ${name} come from different cuts, and may share pictures`);
    if (set.labels.length === 0) throw differ(`${name} is empty`);
  }
  const parsed = Architecture.safeParse({ size, channels: 3, classes: 2, ...shape });
  if (parsed.success) return parsed.data;
  throw new StepError({
    error: "architecture-does-not-fit",
    category: "input",
    detail: `Images of ${size} pixels, patch ${shape.patch}, width ${shape.width}, heads ${shape.heads}: ${parsed.error.issues.map(({ message }) => message).join("; ")}.`,
    hint: "Change patch or heads, or the size in vision/dataset.",
  });
}

function differ(what: string): StepError {
  return new StepError({
    error: "splits-differ",
    category: "input",
    detail: `The splits do not go together: ${what}.`,
    hint: "Wire train and val_select from one vision/dataset phase.",
  });
}
