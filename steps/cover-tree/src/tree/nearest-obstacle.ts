import { leastDistance } from "../space/slack.ts";
import type { Cover } from "./add-leaf.ts";
import { type Growth, measureAll } from "./growth.ts";

/** The nearest node that keeps a point from standing at a level: each of both would lie within the reach of the other. */
export function nearestObstacle(growth: Growth, point: number, reach: number): Cover | undefined {
  const { spans, reaches, levels, children, space, scale, root } = growth;
  let node = -1;
  let distance = reach;
  const open: (readonly number[])[] = [[root]];
  for (let siblings = open.pop(); siblings !== undefined; siblings = open.pop()) {
    const measured = measureAll(growth, point, siblings);
    for (let index = 0; index < siblings.length; index++) {
      const other = siblings[index]!;
      const apart = measured[index]!;
      const least = leastDistance(apart, spans[other]!, space.slack);
      if (least > distance) continue;
      if (apart <= reaches[other]! && (apart < distance || (apart === distance && node < 0))) {
        node = other;
        distance = apart;
      }
      if (children[other]!.length > 0 && least <= scale.reach(levels[other]! - 1)) open.push(children[other]!);
    }
  }
  return node < 0 ? undefined : { node, distance };
}
