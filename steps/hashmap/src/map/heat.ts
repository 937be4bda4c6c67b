const MOST_CELLS = 512;

/** Empty heat cells for a table of `capacity` places, a power of two, and by how many bits a place is shifted to its cell. */
export function heatCells(capacity: number): { readonly heat: Int32Array; readonly heatShift: number } {
  const cells = Math.min(capacity, MOST_CELLS);
  return { heat: new Int32Array(cells), heatShift: Math.log2(capacity / cells) };
}
