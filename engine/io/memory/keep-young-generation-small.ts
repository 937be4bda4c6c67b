/**
 * Keeps V8 from growing its young generation any further. It doubles it up to three times 16 MiB while much is
 * allocated, lets the old one grow along with it, and a run of ten thousand phases then takes a third more memory for
 * no gain in time (bench/memory.ts). The flag is read at each growth, so that it can be set while the process runs.
 * Loading node:v8 takes two milliseconds: a small run should not ask for it.
 */
export async function keepYoungGenerationSmall(): Promise<void> {
  const { setFlagsFromString } = await import("node:v8");
  setFlagsFromString("--semi-space-growth-factor=1");
}
