/**
 * Orders names so that each comes after its dependencies, otherwise as given.
 *
 * @returns the order, or the names of one cycle, the first repeated at the end.
 */
export function topologicalOrder(
  dependencies: ReadonlyMap<string, readonly string[]>,
): { readonly order: readonly string[] } | { readonly cycle: readonly string[] } {
  const order: string[] = [];
  const state = new Map<string, "open" | "closed">();
  for (const start of dependencies.keys()) {
    if (state.has(start)) continue;
    const path: { readonly name: string; next: number }[] = [{ name: start, next: 0 }];
    state.set(start, "open");
    while (path.length > 0) {
      const top = path.at(-1)!;
      const dependency = dependencies.get(top.name)![top.next++];
      if (dependency === undefined) {
        state.set(top.name, "closed");
        order.push(top.name);
        path.pop();
        continue;
      }
      const seen = state.get(dependency);
      if (seen === "open") {
        const names = path.map(({ name }) => name);
        return { cycle: [...names.slice(names.indexOf(dependency)), dependency] };
      }
      if (seen === undefined && dependencies.has(dependency)) {
        state.set(dependency, "open");
        path.push({ name: dependency, next: 0 });
      }
    }
  }
  return { order };
}
