/** What bounds the memory of a database, all in MiB. */
export interface MemoryBounds {
  /** What the options say. */
  readonly option: number | undefined;
  /** What the attempt was granted; 0 where the phase says nothing of it. */
  readonly granted: number;
  /** What the machine has, or the container. */
  readonly machine: number;
}

/**
 * The MiB that a database holds in memory before it spills to the disk. Of what was granted it is a third: what it is
 * reckoned to hold is not all, and Node and the rows on their way take theirs. Where nothing was granted, several
 * attempts may run at once, none of which knows of the others.
 */
export function memoryLimit({ option, granted, machine }: MemoryBounds): number {
  if (option !== undefined) return option;
  if (granted > 0) return Math.max(LEAST, Math.floor(granted / 3));
  return Math.floor(Math.min(machine / 2, Math.max(USUAL, machine / 4)));
}

/** Below that CSV of some length can't be read. */
const LEAST = 128;
const USUAL = 1024;
