import type { Capacity, Demand } from "../core/schedule/ready-queue.ts";

/** What an instance holds of the machine. */
export interface Hold {
  /**
   * Gives all of it back as soon as nothing is computed any more, so that what is ready need not wait for a commit to
   * reach the disk. Where many wait for the disk already it is kept until the end.
   */
  computed(): void;
  /** The instance has ended. */
  end(): void;
}

/** Accounts for what of the machine is free while instances hold some of it. */
export class FreeCapacity {
  #free: Capacity;
  #committing = 0;

  constructor(capacity: Capacity) {
    this.#free = capacity;
  }

  get now(): Capacity {
    return this.#free;
  }

  hold(demand: Demand): Hold {
    let state: "computing" | "committing" = "computing";
    this.#add(demand, -1);
    return {
      computed: () => {
        if (state === "committing" || this.#committing >= MOST_COMMITTING) return;
        state = "committing";
        this.#committing += 1;
        this.#add(demand, 1);
      },
      end: () => {
        if (state === "committing") this.#committing -= 1;
        else this.#add(demand, 1);
      },
    };
  }

  #add({ cpu, memory, gpu }: Demand, sign: 1 | -1): void {
    const free = this.#free;
    this.#free = {
      slots: free.slots + sign,
      cpu: free.cpu + sign * cpu,
      memory: free.memory + sign * memory,
      gpu: free.gpu + sign * gpu,
    };
  }
}

/**
 * Twice as many as Node has threads that sync files: enough to share what the disk does at once, few to lose in a
 * crash.
 */
const MOST_COMMITTING = 8;
