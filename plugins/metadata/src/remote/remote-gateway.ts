import { issueText, type z } from "@orchestrate/sdk";
import type { Gateway, Page, Receipt } from "../gateway.ts";
import { isMetadataErrorCode, metadataError } from "../metadata-error.ts";
import { plainJson } from "../plain-json.ts";
import type { Criteria } from "../record/criteria.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";
import { Counted, Found, Listed, Paged, Pruned, Refused } from "../service/answers.ts";

export interface RemotePlace {
  /** Of the service, as `http://127.0.0.1:7700`, or what it is served below, as `https://example.org/metadata`. */
  readonly url: string;
  readonly token: string | undefined;
}

/** How long to wait for an answer, in milliseconds. */
const PATIENCE = 30_000;

/** A gateway that another process serves. */
export class RemoteGateway implements Gateway {
  readonly #place: RemotePlace;

  constructor(place: RemotePlace) {
    this.#place = place;
  }

  emit(record: MetadataRecord): Promise<Receipt> {
    return this.emitMany([record]);
  }

  emitMany(records: readonly MetadataRecord[]): Promise<Receipt> {
    return this.#ask(Counted, "/v1/records", { records });
  }

  async latest(subject: string, kind?: string): Promise<MetadataRecord | undefined> {
    const { record } = await this.#ask(Found, `/v1/latest?${parameters({ subject, kind })}`);
    return record ?? undefined;
  }

  async history(subject: string, kind?: string, limit?: number): Promise<readonly MetadataRecord[]> {
    const asked = parameters({ subject, kind, limit: limit?.toString() });
    return (await this.#ask(Listed, `/v1/history?${asked}`)).records;
  }

  query(criteria: Criteria): Promise<Page> {
    return this.#ask(Paged, "/v1/query", criteria);
  }

  async prune(): Promise<number> {
    return (await this.#ask(Pruned, "/v1/prune", {})).removed;
  }

  async close(): Promise<void> {}

  /**
   * @param answer what a newer service adds to it is passed over.
   * @param body sent by POST where it is given.
   */
  async #ask<S extends z.core.$ZodLooseShape>(
    answer: z.ZodObject<S>,
    path: string,
    body?: unknown,
  ): Promise<z.output<z.ZodObject<S>>> {
    const { status, text } = await this.#fetch(path, body);
    const said = plainJson(text);
    if (status !== 200) throw this.#refusal(status, said);
    const parsed = answer.strip().safeParse(said);
    if (parsed.success) return parsed.data;
    throw this.#unreachable(`its answer is none of a metadata gateway: ${issueText(parsed.error)}`);
  }

  async #fetch(path: string, body: unknown): Promise<{ readonly status: number; readonly text: string }> {
    const { url, token } = this.#place;
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    try {
      const response = await fetch(`${url.replace(/\/+$/, "")}${path}`, {
        ...(body === undefined
          ? { headers: authorization }
          : {
              method: "POST",
              headers: { ...authorization, "content-type": "application/json" },
              body: JSON.stringify(body),
            }),
        signal: AbortSignal.timeout(PATIENCE),
      });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      const { message, cause } = error as Error;
      throw this.#unreachable(cause instanceof Error ? cause.message : message, { cause: error });
    }
  }

  #refusal(status: number, said: unknown) {
    const parsed = Refused.strip().safeParse(said);
    if (!parsed.success || !isMetadataErrorCode(parsed.data.error))
      return this.#unreachable(`it answers with status ${status} and no words of a metadata gateway`);
    const { error, detail, hint } = parsed.data;
    return metadataError(error, detail, hint);
  }

  #unreachable(why: string, options?: ErrorOptions) {
    return metadataError(
      "metadata-unreachable",
      `The metadata gateway at ${this.#place.url} can't be used: ${why}.`,
      "See whether it runs; what is in the outbox is sent once it does.",
      options,
    );
  }
}

function parameters(values: Readonly<Record<string, string | undefined>>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
