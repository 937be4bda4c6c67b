/** The database of a worker, at the server that a URL names: what runs at once shares no table. */
export function workerDatabase(server: string, worker: number): { readonly name: string; readonly url: string } {
  const name = `orchestrate_tests_${worker}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { name, url: url.href };
}
