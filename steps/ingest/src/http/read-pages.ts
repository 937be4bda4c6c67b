import { StepError } from "@orchestrate/sdk";
import { firstPage, nextPage, type Paging, type Progressed, valueAt } from "./paging.ts";
import { type Asking, place, readPage } from "./read-page.ts";

export interface PagesOf extends Asking {
  /** Where the list of rows lies in an answer. */
  readonly rows: string;
  readonly paging: Paging;
  readonly mostPages: number;
}

/** The rows of each page, page by page. @throws StepError `http-failed`, `http-unsuitable` or `http-endless` */
export async function* readPages(of: PagesOf): AsyncIterable<readonly unknown[]> {
  let url: URL | undefined = firstPage(of.url, of.paging);
  let done: Pick<Progressed, "pages" | "rows"> = { pages: 0, rows: 0 };
  while (url !== undefined) {
    if (done.pages === of.mostPages) throw endless(of);
    const answer = await readPage(url, of);
    const rows = valueAt(answer, of.rows);
    if (!Array.isArray(rows)) throw unsuitable(`The answer of ${place(url)} holds no list at "${of.rows}".`);
    if (!rows.every(isObject))
      throw unsuitable(`The list at "${of.rows}" of ${place(url)} does not hold objects alone.`);
    yield rows;
    done = { pages: done.pages + 1, rows: done.rows + rows.length };
    const next = nextPage(of.paging, { ...done, url, answer, last: rows.length });
    if (next === "no URL") throw unsuitable(`The answer of ${place(url)} names no URL as the next page.`);
    url = next;
  }
}

function isObject(row: unknown): boolean {
  return typeof row === "object" && row !== null && !Array.isArray(row);
}

function unsuitable(detail: string): StepError {
  return new StepError({
    error: "http-unsuitable",
    category: "input",
    detail,
    hint: "Set rows to the path of the list of rows in the answer, and paging to how it tells the next page.",
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
