/** Most redirections of one request. */
const MOST = 10;

/** Where a request ended: at an answer, or at a redirection that is not followed, which is told in words. */
export type Followed = { readonly response: Response } | { readonly refused: string };

/**
 * Asks for a URL and follows where it is redirected to, as fetch would, but for two things: what `headersOf` gives for
 * an origin goes to that origin alone, and nobody is led from https to http.
 */
export async function follow(
  first: URL,
  headersOf: (url: URL) => Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Followed> {
  let url = first;
  for (let redirections = 0; redirections <= MOST; redirections += 1) {
    const response = await fetch(url, { headers: headersOf(url), redirect: "manual", signal });
    const location = REDIRECTING.has(response.status) ? response.headers.get("location") : null;
    if (location === null) return { response };
    await response.body?.cancel();
    const next = new URL(location, url);
    if (url.protocol === "https:" && next.protocol !== "https:")
      return { refused: `it is redirected to ${next.origin}, away from TLS` };
    url = next;
  }
  return { refused: `it is redirected more than ${MOST} times` };
}

/** Those that a request without a body follows (RFC 9110, 15.4). */
const REDIRECTING: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
