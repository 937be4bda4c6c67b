import { issueText } from "@orchestrate/sdk";
import { metadataError } from "../metadata-error.ts";
import { Criteria, type ParsedCriteria } from "./criteria.ts";

/** @throws OrchestrateError `metadata-query-invalid` */
export function parseCriteria(criteria: Criteria): ParsedCriteria {
  const parsed = Criteria.safeParse(criteria);
  if (!parsed.success) throw invalid(issueText(parsed.error));
  const odd = Object.keys(parsed.data.where ?? {}).find((path) => !PATH.test(path));
  if (odd !== undefined) throw invalid(`where: "${odd}" is no path of field names joined by dots`);
  const { kinds = [], where = {} } = parsed.data;
  const fields = Object.values(where);
  if (fields.length > MOST_FIELDS)
    throw invalid(`where: it names ${fields.length} fields, and may name ${MOST_FIELDS}`);
  const names = Object.keys(where).flatMap((path) => path.split("."));
  const values = kinds.length + names.length + fields.flat().length;
  if (values > MOST_VALUES) throw invalid(`it has ${values} kinds, names and values, and may have ${MOST_VALUES}`);
  return parsed.data;
}

/** Names of fields joined by dots, without what a database's own paths are made of. */
const PATH = /^[^".\\[\]\0]+(?:\.[^".\\[\]\0]+)*$/;

/** Beyond these a database would refuse its statement, in words of its own. */
const MOST_FIELDS = 100;
const MOST_VALUES = 10_000;

function invalid(why: string) {
  return metadataError(
    "metadata-query-invalid",
    `The question can't be answered: ${why}.`,
    "Correct it and ask again.",
  );
}
