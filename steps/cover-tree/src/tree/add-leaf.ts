import { type Growth, measure, measureAll } from "./growth.ts";
import { hangLeaf, raise } from "./hang-point.ts";

/** Puts a point into the tree as a leaf of the node that a descent from the root ends at. The first point is the root. */
export function addLeaf(growth: Growth, point: number): void {
  const { root, reaches, scale } = growth;
  if (root < 0) {
    growth.root = point;
    raise(growth, point, scale.lowest);
    return;
  }
  const distance = measure(growth, point, root);
  if (distance > reaches[root]!) raise(growth, root, scale.levelBelow(distance) + 1);
  const cover = descend(growth, point, { node: root, distance });
  hangLeaf(growth, point, cover.node, cover.distance);
}

/** A node that covers a point, and its distance. */
export interface Cover {
  readonly node: number;
  readonly distance: number;
}

/** Goes down from a node that covers a point to the nearest child that does, as long as there is one. */
export function descend(growth: Growth, point: number, from: Cover): Cover {
  const { reaches, children } = growth;
  let { node, distance } = from;
  for (;;) {
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    const below = children[node]!;
    const measured = measureAll(growth, point, below);
    for (let index = 0; index < below.length; index++) {
      const apart = measured[index]!;
      if (apart < least && apart <= reaches[below[index]!]!) {
        nearest = below[index]!;
        least = apart;
      }
    }
    if (nearest < 0) return { node, distance };
    node = nearest;
    distance = least;
  }
}
