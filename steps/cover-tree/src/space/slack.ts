/**
 * How far the square of a computed distance may be from the square of a true one: by `relative` of itself, and
 * `absolute` beside that.
 */
export interface Slack {
  readonly relative: number;
  readonly absolute: number;
}

/** Squares below about 1e-308 lose their digits; the roots of what three of them lose are below this. */
const LOST = 2 ** -498;

/**
 * The least distance that can be computed between a point and any within `radius` of a centre at `distance`, all of
 * them computed with this slack. What lies above the k-th distance can hold no neighbour.
 *
 * From the triangle inequality for the true distances, and the slack at each of the three. The roundings of this very
 * function are covered by taking `relative` twice.
 */
export function leastDistance(distance: number, radius: number, { relative, absolute }: Slack): number {
  const share = 2 * relative;
  if (absolute === 0) return Math.max(0, distance * (1 - share) - radius * (1 + share) - LOST) * (1 - share);
  const near = Math.sqrt(Math.max(0, distance * distance * (1 - share) - absolute));
  const gap = near - Math.sqrt(radius * radius * (1 + share) + absolute);
  return gap <= 0 ? 0 : Math.sqrt(Math.max(0, gap * gap * (1 - share) - absolute));
}

/**
 * The greatest distance that can be computed to any within `radius` of a centre at `distance`, all of them computed
 * with this slack.
 */
export function mostDistance(distance: number, radius: number, { relative, absolute }: Slack): number {
  const share = 2 * relative;
  if (absolute === 0) return ((distance + radius) * (1 + share) + LOST) * (1 + share);
  const far =
    Math.sqrt(distance * distance * (1 + share) + absolute) + Math.sqrt(radius * radius * (1 + share) + absolute);
  return Math.sqrt(far * far * (1 + share) + absolute) * (1 + share);
}

/** The slack of a sum of `terms` squares of which each was rounded at each operation (Higham, γ of n + 2). */
export function slackOfSum(terms: number): Slack {
  return { relative: (terms + 4) * 2 ** -52, absolute: 0 };
}
