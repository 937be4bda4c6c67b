import { statSync } from "node:fs";
import { resolve } from "node:path";
import { digestArtifact } from "@orchestrate/manifests";
import type { Gateway } from "../gateway.ts";
import { metadataError } from "../metadata-error.ts";

/** `run/phase.output`, `phase[key].output` and all between. */
const NAME = /^(?:(?<run>[^/]+)\/)?(?<phase>[A-Za-z][\w-]*)(?:\[(?<key>[^\]]+)\])?\.(?<output>[a-z]\w*)$/;
const DIGEST = /^(?:sha256:)?(?<digits>[0-9a-f]{6,64})…?$/;

/**
 * The digest that a person means: by itself or its first digits, as they are printed, by `[run/]phase[key].output`, of
 * which the newest is meant, or by the path of a file or directory, which is digested.
 *
 * @throws OrchestrateError `metadata-artifact-unknown`, `metadata-digest-ambiguous`
 */
export async function findArtifact(gateway: Gateway, wanted: string, cwd: string): Promise<string> {
  const digits = DIGEST.exec(wanted)?.groups?.digits;
  if (digits !== undefined) return byDigits(gateway, digits);
  const named = NAME.exec(wanted)?.groups;
  const found = named === undefined ? undefined : await byName(gateway, named);
  if (found !== undefined) return found;
  const path = resolve(cwd, wanted);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined) return (await digestArtifact(path, stats.isDirectory() ? "directory" : "file")).digest;
  throw metadataError(
    "metadata-artifact-unknown",
    `The gateway knows no artifact "${wanted}", and there is no file of that name.`,
    `Name it as phase.output, run/phase.output, by its digest, or by a path; \`orchestrate metadata rebuild\` tells the gateway of runs that were not followed.`,
  );
}

async function byDigits(gateway: Gateway, digits: string): Promise<string> {
  const subject = `sha256:${digits}`;
  if (digits.length === 64) return subject;
  const { records } = await gateway.query({
    startingWith: subject,
    kinds: ["artifact", "lineage"],
    versions: "latest",
  });
  const [first, ...others] = [...new Set(records.map((record) => record.subject))];
  if (first === undefined) {
    const detail = `The gateway knows no artifact whose digest begins with ${digits}.`;
    throw metadataError("metadata-artifact-unknown", detail, "`orchestrate show --json` has the digests of a run.");
  }
  if (others.length === 0) return first;
  const detail = `${others.length + 1} digests begin with ${digits}.`;
  throw metadataError("metadata-digest-ambiguous", detail, `Write more of it, as ${first.slice(7, 27)}.`);
}

async function byName(
  gateway: Gateway,
  { run, phase, key, output }: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const asked = Object.entries({ run, phase, key, output }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const { records } = await gateway.query({ kinds: ["artifact"], where: Object.fromEntries(asked), limit: 1 });
  return records[0]?.subject;
}
