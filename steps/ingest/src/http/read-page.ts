import { setTimeout as pause } from "node:timers/promises";
import { type Log, StepError } from "@orchestrate/sdk";
import { follow } from "./follow.ts";
import { parseJson } from "./parse-json.ts";
import { retryAfter } from "./retry-after.ts";

/** How pages are asked for. */
export interface Asking {
  /** The URL of the first page, to whose origin alone the headers go. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How often a page is asked for that fails in a way that passes. */
  readonly attempts: number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** What a service is given to come back by itself, in milliseconds. */
const LONGEST_WAIT = 600_000;

/** The answer at a URL. @throws StepError `http-failed` */
export async function readPage(url: URL, asking: Asking): Promise<unknown> {
  const { attempts, log, signal } = asking;
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const asked = await ask(url, asking);
    if ("answer" in asked) return asked.answer;
    const { problem, passes, wait = 250 * 2 ** (attempt - 1) } = asked;
    if (!passes || attempt === attempts) throw failed(url, problem, attempt);
    if (wait > LONGEST_WAIT) throw failed(url, `${problem}, and it asks to wait ${Math.ceil(wait / 1000)} s`, attempt);
    log.info(`${place(url)}: ${problem}; it is asked again in ${wait} ms.`);
    await pause(wait, undefined, { signal });
  }
}

/** A URL without its query, which may hold what is secret. */
export function place({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

type Asked =
  | { readonly answer: unknown }
  | { readonly problem: string; readonly passes: boolean; readonly wait?: number | undefined };

async function ask(url: URL, { url: first, headers, signal }: Asking): Promise<Asked> {
  const { origin } = new URL(first);
  // A link may lead elsewhere, where nobody is to see what proves who asks.
  const headersOf = (to: URL) => ({ accept: "application/json", ...(to.origin === origin ? headers : {}) });
  try {
    const followed = await follow(url, headersOf, signal);
    if ("refused" in followed) return { problem: followed.refused, passes: false };
    const { response } = followed;
    const bytes = await response.arrayBuffer();
    return response.ok ? answerOf(bytes) : refusal(response, bytes);
  } catch (error) {
    signal.throwIfAborted();
    return { problem: String(error instanceof Error ? (error.cause ?? error) : error), passes: true };
  }
}

function answerOf(bytes: ArrayBuffer): Asked {
  try {
    // JSON is UTF-8 (RFC 8259, 8.1), and what is not must not come as other letters.
    return { answer: parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch (error) {
    return { problem: `${error instanceof SyntaxError ? "no JSON" : "no UTF-8"}${beginning(bytes)}`, passes: false };
  }
}

function refusal({ status, headers }: Response, bytes: ArrayBuffer): Asked {
  const passes = status === 429 || status >= 500;
  return { problem: `status ${status}${beginning(bytes)}`, passes, wait: retryAfter(headers) };
}

/** What a service says of itself, as far as it fits on a line. */
function beginning(bytes: ArrayBuffer): string {
  const text = new TextDecoder().decode(bytes.slice(0, 1000)).replaceAll(/\s+/g, " ").trim();
  if (text === "") return "";
  return ` (${text.length <= 200 ? text : `${text.slice(0, 200)} …`})`;
}

function failed(url: URL, problem: string, attempts: number): StepError {
  return new StepError({
    error: "http-failed",
    category: "io",
    detail: `${place(url)} gave no rows: ${problem}. It was asked ${attempts === 1 ? "once" : `${attempts} times`}.`,
    hint: "Check the URL, the secret, and whether the service runs; an authority of your own for TLS is named by NODE_EXTRA_CA_CERTS.",
  });
}
