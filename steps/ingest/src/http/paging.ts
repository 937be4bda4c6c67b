import { z } from "@orchestrate/sdk";

/** How the next page is asked for. */
export const Paging = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("none") }),
  /** The answer holds the next page's URL, or null. */
  z.strictObject({ by: z.literal("link"), path: z.string().min(1) }),
  /** The answer holds a token, to be sent as a parameter. */
  z.strictObject({ by: z.literal("token"), path: z.string().min(1), parameter: z.string().min(1) }),
  /** Pages are numbered; the first without rows is the end. */
  z.strictObject({ by: z.literal("number"), parameter: z.string().min(1), first: z.number().int().default(1) }),
  /** Rows are counted; the first page without rows is the end. */
  z.strictObject({ by: z.literal("offset"), parameter: z.string().min(1) }),
]);

export type Paging = z.infer<typeof Paging>;

/** What was read so far. */
export interface Progressed {
  readonly url: URL;
  readonly pages: number;
  readonly rows: number;
  /** The last answer, and how many rows it had. */
  readonly answer: unknown;
  readonly last: number;
}

/** The URL of the first page. */
export function firstPage(url: string, paging: Paging): URL {
  const first = new URL(url);
  if (paging.by === "number") first.searchParams.set(paging.parameter, String(paging.first));
  if (paging.by === "offset") first.searchParams.set(paging.parameter, "0");
  return first;
}

/** The URL of the page that follows; undefined at the end, and "no URL" where what the answer names is none. */
export function nextPage(paging: Paging, { url, pages, rows, answer, last }: Progressed): URL | undefined | "no URL" {
  const next = new URL(url);
  switch (paging.by) {
    case "none":
      return undefined;
    case "link": {
      const link = valueAt(answer, paging.path);
      if (typeof link !== "string" || link === "") return undefined;
      return URL.parse(link, url.href) ?? "no URL";
    }
    case "token": {
      const token = tokenOf(valueAt(answer, paging.path));
      if (token === "") return undefined;
      next.searchParams.set(paging.parameter, token);
      return next;
    }
    case "number":
      next.searchParams.set(paging.parameter, String(paging.first + pages));
      return last === 0 ? undefined : next;
    case "offset":
      next.searchParams.set(paging.parameter, String(rows));
      return last === 0 ? undefined : next;
    default:
      return paging satisfies never;
  }
}

/** A token as text; "" where there is none. A number of many digits keeps them. */
function tokenOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || JSON.isRawJSON(value) ? JSON.stringify(value) : "";
}

/** The value at a path of names with dots between them; the whole at "". */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .filter((name) => name !== "")
    .reduce<unknown>((inner, name) => {
      return typeof inner === "object" && inner !== null && Object.hasOwn(inner, name)
        ? Reflect.get(inner, name)
        : undefined;
    }, value);
}
