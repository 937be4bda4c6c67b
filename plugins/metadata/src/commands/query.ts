import { parseArgs } from "node:util";
import type { CommandContext } from "@orchestrate/sdk";
import { plainJson } from "../plain-json.ts";
import { type Criteria, Scalar } from "../record/criteria.ts";
import type { MetadataRecord } from "../record/metadata-record.ts";
import { withCurrentGateway } from "./command-scope.ts";
import { readWords, wholeNumber, wrong } from "./usage.ts";

const OPTIONS = {
  json: { type: "boolean", default: false },
  "runs-dir": { type: "string" },
  kind: { type: "string", multiple: true },
  subject: { type: "string" },
  under: { type: "string" },
  producer: { type: "string" },
  where: { type: "string", multiple: true },
  from: { type: "string" },
  to: { type: "string" },
  latest: { type: "boolean", default: false },
  limit: { type: "string", default: "20" },
  after: { type: "string" },
} as const;

export const usage =
  "[--kind KIND]… [--subject SUBJECT] [--under SUBJECT] [--producer NAME] [--where FIELD=VALUE]… [--from TIME] [--to TIME] " +
  "[--latest] [--limit N] [--after PAGE] [--json] [--runs-dir DIRECTORY]";

/**
 * `orchestrate metadata query`: records that fit, the newest first; with `--json` one a line, and how to go on last.
 */
export async function run(context: CommandContext): Promise<number> {
  const { values } = readWords(() => parseArgs({ args: [...context.args], options: OPTIONS }));
  const { json, "runs-dir": runs, kind, where, latest, limit, ...plain } = values;
  const criteria: Criteria = {
    ...plain,
    ...(kind === undefined ? {} : { kinds: kind }),
    ...(where === undefined ? {} : { where: conditions(where) }),
    versions: latest ? "latest" : "all",
    limit: wholeNumber("--limit", limit),
  };
  return withCurrentGateway(context, runs, async ({ gateway }) => {
    const { records, next } = await gateway.query(criteria);
    for (const record of records) console.log(json ? JSON.stringify(record) : describe(record));
    if (records.length === 0 && !json)
      console.log(
        "There is no such record. `orchestrate metadata rebuild` tells the gateway of runs that were not followed.",
      );
    if (next !== null) console.log(json ? JSON.stringify({ next }) : `There are more: --after ${next}`);
    return 0;
  });
}

/** Values by field; of a field that is named more than once, any of them will do. */
function conditions(texts: readonly string[]): Record<string, Scalar[]> {
  const pairs = texts.map(condition);
  return Object.fromEntries(
    [...Map.groupBy(pairs, ([field]) => field)].map(([field, all]) => [field, all.map(([, value]) => value)]),
  );
}

/** `rows=3` is the number, `code="3"` and `name=ann` are texts: what is no JSON is text. */
function condition(text: string): readonly [string, Scalar] {
  const at = text.indexOf("=");
  if (at <= 0) throw wrong(`--where "${text}" is not of the form field=value.`);
  const value = text.slice(at + 1);
  const parsed = Scalar.safeParse(plainJson(value));
  return [text.slice(0, at), parsed.success ? parsed.data : value];
}

function describe({ time, kind, subject, payload }: MetadataRecord): string {
  return `${time}  ${kind}  ${subject}  ${JSON.stringify(payload)}`;
}
