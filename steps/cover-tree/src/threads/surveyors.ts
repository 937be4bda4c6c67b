import { setImmediate } from "node:timers/promises";
import { scratchBytes } from "../space/shared-space.ts";
import { findObstacles } from "../tree/find-obstacles.ts";
import type { Growth } from "../tree/growth.ts";
import type { InsertOptions } from "../tree/insert-options.ts";
import { Picking } from "../tree/picking.ts";
import { type Survey, takeSurvey } from "../tree/survey.ts";
import { foundAt, thinningAt } from "../tree/thinning.ts";
import type { SharedSurvey, SurveyThreadData } from "./survey-thread.ts";
import { ThreadPool } from "./thread-pool.ts";

/** The part of the numbers that are worth a start of threads for which it is worth waking them up. */
const WAKING = 1 / 128;
/** Numbers of a node's leaves from which on they are divided, and each pick is compared with them by all threads. */
const LEAST_SETTLING = 2 ** 20;

/** Those who take the surveys of a growing tree: this thread, or several where there is work for them. */
export class Surveyors {
  readonly #growth: Growth;
  readonly #signal: AbortSignal;
  /** Numbers that are worth the start of threads. */
  readonly #least: number;
  readonly #pool: ThreadPool<SharedSurvey, number> | undefined;

  /** @param coming how many points are to be put into the tree. */
  constructor(growth: Growth, coming: number, { threads, signal }: InsertOptions) {
    this.#growth = growth;
    this.#signal = signal;
    this.#least = threads.least;
    const data = numbersOf(growth) * coming < threads.least ? [] : threadData(growth, threads.most);
    this.#pool = data.length > 0 ? new ThreadPool("survey-thread", data, signal) : undefined;
  }

  /** Takes down the points of a batch, which are the first places of the desk. */
  async descend(count: number): Promise<void> {
    await this.#take({ kind: "descents" }, { first: 0, end: count, places: count });
  }

  /**
   * Thins out the leaves of a round's nodes.
   *
   * @param leafCount how many they are.
   */
  async thin(nodeCount: number, leafCount: number, share: number, seed: number): Promise<void> {
    let [first, places] = [0, leafCount];
    for (; first < nodeCount && isLarge(this.#growth, first); first++) {
      places -= await this.#thinTogether(first, share, seed);
    }
    await this.#take({ kind: "thinnings", share, seed }, { first, end: nodeCount, places });
  }

  /**
   * Thins out the leaves of one node, of which each thread has some.
   *
   * @returns how many they are.
   */
  async #thinTogether(index: number, share: number, seed: number): Promise<number> {
    const growth = this.#growth;
    const thinning = thinningAt(growth.desk, index);
    const { length } = thinning.leaves;
    const picking = new Picking(growth, thinning, share, seed);
    for (let first = picking.next(8); first >= 0; first = picking.next(8)) {
      const numbers = { first, end: picking.count };
      await this.#take({ kind: "settling", index, numbers }, { first: 0, end: length, places: length });
      picking.settled = thinning.nearest.reduce((settled, pick) => settled + (pick < 0 ? 0 : 1), 0);
    }
    growth.desk.pickCounts[index] = picking.count;
    if (picking.count > 0) findObstacles(growth, foundAt(growth.desk, index));
    return length;
  }

  async #take(survey: Survey, { first, end, places }: Extent): Promise<void> {
    const growth = this.#growth;
    if (this.#pool === undefined || !isWorthSharing(this.#pool, places * numbersOf(growth), this.#least)) {
      this.#signal.throwIfAborted();
      takeSurvey(growth, survey, first, end);
      // What was aborted meanwhile is told of only now.
      await setImmediate();
      return;
    }
    const { root, nodeCount, desk } = growth;
    desk.next[0] = 0;
    // Nodes differ in what they take; points and leaves hardly do, and those that stay together are compared with nodes
    // at once.
    const parts = survey.kind === "thinnings" ? end - first : this.#pool.size;
    const shared: SharedSurvey = { survey, root, nodeCount, first, end, parts };
    const evaluations = await this.#pool.run(Array(this.#pool.size).fill(shared));
    growth.evaluations += evaluations.reduce((sum, each) => sum + each, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool?.[Symbol.asyncDispose]();
  }
}

/** What a survey is taken of: places or nodes of the desk, and of how many points or leaves. */
interface Extent {
  readonly first: number;
  readonly end: number;
  readonly places: number;
}

/** What is worth the start of threads waits for that; before they are up, less is done by this thread. */
function isWorthSharing(pool: ThreadPool<SharedSurvey, number>, numbers: number, least: number): boolean {
  return numbers >= (pool.isUp ? least * WAKING : least);
}

/**
 * Whether a node of the round has so many leaves that threads are better off with some of each than with some of the
 * nodes.
 */
function isLarge(growth: Growth, index: number): boolean {
  return thinningAt(growth.desk, index).leaves.length * numbersOf(growth) >= LEAST_SETTLING;
}

/**
 * What each thread starts with; none where only this thread can compute the distance, or where there is no room for
 * more.
 */
function threadData({ space, memory, shared }: Growth, most: number): readonly SurveyThreadData[] {
  if (space.kind === "function") return [];
  const { points } = space;
  const bytes = scratchBytes(points);
  // As much stays for this thread.
  const fitting = Math.min(most, Math.floor(memory.free / bytes) - 1);
  const count = fitting < 2 ? 0 : fitting;
  return Array.from({ length: count }, () => ({ part: memory.part(bytes), points, outline: shared }));
}

/** Numbers of a point that its distances are computed of, as far as is known. */
function numbersOf({ space }: Growth): number {
  if (space.kind === "function") return 1;
  return space.points.dimension + (space.kind === "residual" ? space.points.width : 0);
}
