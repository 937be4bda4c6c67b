import { setTimeout as pause } from "node:timers/promises";
import { StepError } from "@orchestrate/sdk";
import { firstPage, nextPage, type Paging, type Progressed, valueAt } from "./paging.ts";
import { parseJson } from "./parse-json.ts";

export interface PagesOf {
  readonly url: string;
  readonly rows: string;
  readonly paging: Paging;
  readonly headers: Readonly<Record<string, string>>;
  readonly attempts: number;
  readonly mostPages: number;
}

/** The rows of each page, page by page. @throws StepError `http-failed`, `http-unsuitable` or `http-endless` */
export async function* readPages(of: PagesOf, signal: AbortSignal): AsyncIterable<readonly unknown[]> {
  let url: URL | undefined = firstPage(of.url, of.paging);
  let done: Pick<Progressed, "pages" | "rows"> = { pages: 0, rows: 0 };
  while (url !== undefined) {
    if (done.pages === of.mostPages) throw endless(of);
    const answer = await readPage(url, of, signal);
    const rows = valueAt(answer, of.rows);
    if (!Array.isArray(rows)) throw unsuitable(url, of.rows);
    yield rows;
    done = { pages: done.pages + 1, rows: done.rows + rows.length };
    url = nextPage(of.paging, { ...done, url, answer, last: rows.length });
  }
}

async function readPage(url: URL, of: PagesOf, signal: AbortSignal): Promise<unknown> {
  const { attempts } = of;
  // A link may lead elsewhere, where nobody is to see what proves who asks.
  const headers = url.origin === new URL(of.url).origin ? of.headers : {};
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const outcome = await ask(url, headers, signal);
    if ("answer" in outcome) return outcome.answer;
    if (!outcome.isPassing || attempt === attempts) throw failed(url, outcome.problem, attempt);
    await pause(outcome.waitMs ?? 250 * 2 ** (attempt - 1), undefined, { signal });
  }
}

type Asked =
  | { readonly answer: unknown }
  | { readonly problem: string; readonly isPassing: boolean; readonly waitMs?: number | undefined };

async function ask(url: URL, headers: PagesOf["headers"], signal: AbortSignal): Promise<Asked> {
  try {
    const response = await fetch(url, { headers: { accept: "application/json", ...headers }, signal });
    const text = await response.text();
    if (!response.ok) {
      const isPassing = response.status === 429 || response.status >= 500;
      const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
      return {
        problem: `status ${response.status}`,
        isPassing,
        waitMs: Number.isFinite(seconds) ? seconds * 1000 : undefined,
      };
    }
    return { answer: parseJson(text) };
  } catch (error) {
    signal.throwIfAborted();
    const isPassing = !(error instanceof SyntaxError);
    return {
      problem: isPassing ? String(error instanceof Error ? (error.cause ?? error) : error) : "no JSON",
      isPassing,
    };
  }
}

/** Without the query, which may hold what is secret. */
function place({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function failed(url: URL, problem: string, attempts: number): StepError {
  return new StepError({
    error: "http-failed",
    category: "io",
    detail: `${place(url)} answered with ${problem}, asked ${attempts} times.`,
    hint: "Check the URL, the secret and whether the service runs.",
  });
}

function unsuitable(url: URL, rows: string): StepError {
  return new StepError({
    error: "http-unsuitable",
    category: "input",
    detail: `The answer of ${place(url)} holds no list at "${rows}".`,
    hint: "Set rows to the path of the list in the answer.",
  });
}

function endless({ url, mostPages }: PagesOf): StepError {
  return new StepError({
    error: "http-endless",
    category: "failed",
    detail: `${place(new URL(url))} still has more after ${mostPages} pages.`,
    hint: "Check paging; raise mostPages if there are so many.",
  });
}
