import { PriorityQueue } from "./priority-queue.ts";

/** What one attempt takes. */
export interface Demand {
  /** Cores. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly gpu: number;
}

/** What is free for attempts. */
export interface Capacity extends Demand {
  readonly slots: number;
}

interface Entry<T> {
  readonly value: T;
  readonly priority: number;
  readonly order: number;
}

/** All that wait with one demand: if the first does not fit, none of them does. */
interface Shelf<T> {
  /** In millionths. */
  readonly demand: Demand;
  readonly queue: PriorityQueue<Entry<T>>;
}

const RESOURCES = ["cpu", "memory", "gpu"] as const;

/** What is ready to start: by priority, of equal ones the one that was ready first. */
export class ReadyQueue<T> {
  readonly #shelves = new Map<string, Shelf<T>>();
  #pushed = 0;

  push(value: T, takes: Demand, priority: number): void {
    const demand = inMillionths(takes, Math.floor);
    const name = shelfName(demand);
    const shelf = this.#shelves.get(name) ?? { demand, queue: new PriorityQueue<Entry<T>>(before) };
    this.#shelves.set(name, shelf);
    shelf.queue.push({ value, priority, order: this.#pushed++ });
  }

  /** The first, whatever it takes. */
  take(): T | undefined {
    const shelf = this.#first(new Set());
    return shelf === undefined ? undefined : this.#pop(shelf);
  }

  /**
   * Takes what may start with what is free. One that does not fit holds back all after it that use a resource it lacks,
   * so that small ones can't starve it.
   */
  admit(free: Capacity): readonly T[] {
    const admitted: T[] = [];
    const left = { slots: free.slots, ...inMillionths(free, Math.round) };
    const held = new Set<Shelf<T>>();
    const short = new Set<keyof Demand>();
    for (;;) {
      const shelf = left.slots > 0 ? this.#first(held) : undefined;
      if (shelf === undefined) return admitted;
      const { demand } = shelf;
      const used = RESOURCES.filter((resource) => demand[resource] > 0);
      const lacking = used.filter((resource) => demand[resource] > left[resource]);
      if (lacking.length > 0 || used.some((resource) => short.has(resource))) {
        held.add(shelf);
        for (const resource of lacking) short.add(resource);
        continue;
      }
      admitted.push(this.#pop(shelf));
      left.slots -= 1;
      for (const resource of used) left[resource] -= demand[resource];
    }
  }

  #first(held: ReadonlySet<Shelf<T>>): Shelf<T> | undefined {
    let first: Shelf<T> | undefined;
    for (const shelf of this.#shelves.values()) {
      if (held.has(shelf)) continue;
      if (first === undefined || before(shelf.queue.peek()!, first.queue.peek()!)) first = shelf;
    }
    return first;
  }

  #pop(shelf: Shelf<T>): T {
    const { value } = shelf.queue.pop()!;
    if (shelf.queue.size === 0) this.#shelves.delete(shelfName(shelf.demand));
    return value;
  }
}

/**
 * Parts of a core or an accelerator do not add up as they should where they are no sums of powers of two: what takes
 * the whole machine would not fit when all else has ended. Demands are rounded down, so that three thirds fit.
 */
function inMillionths({ cpu, memory, gpu }: Demand, round: (value: number) => number): Demand {
  return { cpu: round(cpu * 1e6), memory: round(memory * 1e6), gpu: round(gpu * 1e6) };
}

function shelfName({ cpu, memory, gpu }: Demand): string {
  return `${cpu} ${memory} ${gpu}`;
}

function before(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.priority === b.priority ? a.order < b.order : a.priority > b.priority;
}
