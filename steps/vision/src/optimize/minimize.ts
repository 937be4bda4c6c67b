/** A function to minimise: gives its value at `point` and writes its gradient. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

const memory = 10;

/**
 * Minimises a smooth function by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.4) with a line search
 * that bisects until the weak Wolfe conditions hold. It ends where no part of the gradient is above `tolerance`, where
 * no step lowers the value any more, or after `iterations`.
 *
 * @returns the best point found.
 */
export function minimize(
  objective: Objective,
  start: Float64Array,
  { iterations = 500, tolerance = 1e-9 }: { readonly iterations?: number; readonly tolerance?: number } = {},
): Float64Array {
  let state = evaluate(objective, start.slice());
  const history: Step[] = [];
  for (let iteration = 0; iteration < iterations && largest(state.gradient) > tolerance; iteration++) {
    const direction = descent(state.gradient, history);
    // The first step has no curvature to go by: it is taken as long as 1 at most.
    const first = history.length === 0 ? Math.min(1, 1 / largest(state.gradient)) : 1;
    const next = search(objective, state, direction, first);
    if (next === undefined) break;
    const moved = next.point.map((value, at) => value - state.point[at]!);
    const bent = next.gradient.map((value, at) => value - state.gradient[at]!);
    const curvature = dot(moved, bent);
    if (curvature > 1e-300) history.push({ moved, bent, curvature });
    if (history.length > memory) history.shift();
    const gained = state.value - next.value;
    state = next;
    // What is left to gain is lost in rounding.
    if (gained <= 1e-15 * Math.abs(state.value)) break;
  }
  return state.point;
}

interface State {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

interface Step {
  readonly moved: Float64Array;
  readonly bent: Float64Array;
  readonly curvature: number;
}

function evaluate(objective: Objective, point: Float64Array): State {
  const gradient = new Float64Array(point.length);
  return { point, value: objective(point, gradient), gradient };
}

/** The two-loop recursion: minus the gradient, times the inverse curvature that the last steps have shown. */
function descent(gradient: Float64Array, history: readonly Step[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const factors: number[] = [];
  for (const { moved, bent, curvature } of history.toReversed()) {
    const factor = dot(moved, direction) / curvature;
    factors.unshift(factor);
    for (let at = 0; at < direction.length; at++) direction[at] = direction[at]! - factor * bent[at]!;
  }
  const last = history.at(-1);
  const scale = last === undefined ? 1 : last.curvature / dot(last.bent, last.bent);
  for (let at = 0; at < direction.length; at++) direction[at] = direction[at]! * scale;
  for (const [index, { moved, bent, curvature }] of history.entries()) {
    const change = factors[index]! - dot(bent, direction) / curvature;
    for (let at = 0; at < direction.length; at++) direction[at] = direction[at]! + change * moved[at]!;
  }
  return direction;
}

function search(objective: Objective, state: State, direction: Float64Array, first: number): State | undefined {
  const slope = dot(state.gradient, direction);
  if (!(slope < 0)) return undefined;
  let low = 0;
  let high = Infinity;
  let length = first;
  let best: State | undefined;
  for (let trial = 0; trial < 60; trial++) {
    const next = evaluate(
      objective,
      state.point.map((value, at) => value + length * direction[at]!),
    );
    if (!(next.value <= state.value + 1e-4 * length * slope)) high = length;
    else {
      best = next;
      if (dot(next.gradient, direction) >= 0.9 * slope) return next;
      low = length;
    }
    length = high === Infinity ? 2 * length : (low + high) / 2;
  }
  return best;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
