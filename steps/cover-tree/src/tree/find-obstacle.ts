import { leastDistance } from "../space/slack.ts";
import { type Growth, measureAll } from "./growth.ts";

/** A node that keeps a point from standing at a level, since each of both would lie within the reach of the other; -1 if none does. */
export function findObstacle(growth: Growth, point: number, reach: number): number {
  const { spans, reaches, levels, children, space, scale, root } = growth;
  const open: (readonly number[])[] = [[root]];
  for (let siblings = open.pop(); siblings !== undefined; siblings = open.pop()) {
    const measured = measureAll(growth, point, siblings);
    for (let index = 0; index < siblings.length; index++) {
      const other = siblings[index]!;
      const apart = measured[index]!;
      const least = leastDistance(apart, spans[other]!, space.slack);
      if (least > reach) continue;
      if (apart <= reach && apart <= reaches[other]!) return other;
      if (children[other]!.length > 0 && least <= scale.reach(levels[other]! - 1)) open.push(children[other]!);
    }
  }
  return -1;
}
