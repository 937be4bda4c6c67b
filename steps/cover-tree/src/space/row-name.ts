/** How the point at a position is called in errors. */
export type RowName = (position: number) => string;

/**
 * @param name of the points, as "queries".
 * @param tree the rows of a tree whose points come first; those of `name` follow them.
 */
export function rowName(name: string, tree: Int32Array): RowName {
  return (position) =>
    position < tree.length ? `row ${tree[position]} of the tree` : `row ${position - tree.length} of ${name}`;
}
