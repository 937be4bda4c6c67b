import { issueText } from "@orchestrate/sdk";
import { metadataError } from "../metadata-error.ts";
import { Criteria, type ParsedCriteria } from "./criteria.ts";

/** @throws OrchestrateError `metadata-query-invalid` */
export function parseCriteria(criteria: Criteria): ParsedCriteria {
  const parsed = Criteria.safeParse(criteria);
  if (!parsed.success) throw invalid(issueText(parsed.error));
  const odd = Object.keys(parsed.data.where ?? {}).find((path) => !/^[^".\\[\]]+(?:\.[^".\\[\]]+)*$/.test(path));
  if (odd !== undefined) throw invalid(`where: "${odd}" is no path of field names joined by dots`);
  return parsed.data;
}

function invalid(why: string) {
  return metadataError(
    "metadata-query-invalid",
    `The question can't be answered: ${why}.`,
    "Correct it and ask again.",
  );
}
