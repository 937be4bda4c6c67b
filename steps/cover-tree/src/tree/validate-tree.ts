import type { Space } from "../space/space.ts";
import { type CoverTree, LEAF } from "./cover-tree.ts";
import { Scale } from "./scale.ts";

/** What is wrong with a tree, in words; the first few of each kind. */
export interface Violation {
  readonly rule: "shape" | "nesting" | "covering" | "separation" | "radius";
  readonly detail: string;
}

/** At most so many violations are told of. */
const MOST = 20;

/**
 * Checks what must hold of a tree (`CoverTree`), by definition and without pruning: the time is quadratic in the number
 * of nodes that are no leaves.
 */
export function validateTree(tree: CoverTree, space: Space): readonly Violation[] {
  const shape = checkShape(tree, space.count);
  if (shape.length > 0) return shape;
  const violations: Violation[] = [];
  const tell = (rule: Violation["rule"], detail: string) => {
    if (violations.length < MOST) violations.push({ rule, detail });
  };
  const apart = (a: number, b: number) => space.toMetric(space.between(a, b));
  const { rows, levels, parents, radii } = tree;
  const scale = new Scale(tree.base);
  for (let point = 0; point < rows.length; point++) {
    const parent = parents[point]!;
    if (parent >= 0 && levels[point]! >= levels[parent]!) {
      tell(
        "nesting",
        `row ${rows[point]} at level ${levels[point]} lies below row ${rows[parent]} at ${levels[parent]}`,
      );
    }
  }
  // Where levels don't rise, the way up may go in a circle.
  if (violations.length > 0) return violations;
  // What is not a number keeps no rule: each is said as what must hold.
  for (let point = 0; point < rows.length; point++) {
    const parent = parents[point]!;
    if (parent < 0) continue;
    const reach = scale.reach(levels[point] === LEAF ? levels[parent]! : levels[point]! + 1);
    const distance = apart(point, parent);
    if (!(distance <= reach)) {
      tell(
        "covering",
        `row ${rows[point]} lies ${distance} from its parent, row ${rows[parent]}, which reaches ${reach}`,
      );
    }
    for (let above = parent; above >= 0; above = parents[above]!) {
      const away = apart(point, above);
      if (!(away <= radii[above]!)) {
        tell("radius", `row ${rows[point]} lies ${away} from row ${rows[above]}, whose radius is ${radii[above]}`);
      }
    }
  }
  const nodes = Array.from(levels.keys()).filter((point) => levels[point] !== LEAF);
  for (const [index, one] of nodes.entries()) {
    for (const other of nodes.slice(0, index)) {
      const least = scale.reach(Math.min(levels[one]!, levels[other]!));
      const distance = apart(one, other);
      if (!(distance > least)) {
        tell("separation", `rows ${rows[other]} and ${rows[one]} lie ${distance} apart, and must more than ${least}`);
      }
    }
  }
  return violations;
}

/** That it is one tree: one root, and every way up ends there. */
function checkShape({ rows, levels, parents, radii }: CoverTree, count: number): readonly Violation[] {
  const wrong = (detail: string): Violation[] => [{ rule: "shape", detail }];
  if ([rows, levels, parents, radii].some(({ length }) => length !== count)) {
    return wrong(`the tree has ${rows.length} points, and there are ${count}`);
  }
  if (new Set(rows).size !== count) return wrong("two points have one row");
  const roots = parents.reduce((sum, parent) => sum + (parent < 0 ? 1 : 0), 0);
  if (count > 0 && roots !== 1) return wrong(`there are ${roots} roots`);
  for (let point = 0; point < count; point++) {
    const parent = parents[point]!;
    if (parent >= count || parent === point) return wrong(`row ${rows[point]} has no parent in the tree`);
    if (parent >= 0 && levels[parent] === LEAF)
      return wrong(`row ${rows[point]} lies below a leaf, row ${rows[parent]}`);
  }
  return [];
}
