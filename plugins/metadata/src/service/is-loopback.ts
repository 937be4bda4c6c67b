/** Whether a host, as it is listened on or as a request names it, is this machine's own and no other's. */
export function isLoopback(host: string): boolean {
  return ["localhost", "::1", "[::1]"].includes(host.toLowerCase()) || /^127(\.\d{1,3}){3}$/.test(host);
}
