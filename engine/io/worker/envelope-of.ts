import { ioWords } from "@orchestrate/manifests";
import type { ErrorCategory, ErrorEnvelope } from "@orchestrate/sdk";
import { textFields } from "./text-fields.ts";
import { stackOf, thrownText } from "./thrown-text.ts";

/**
 * The longest detail that is made of what was thrown, in UTF-16 code units: it stands on the terminal and in records.
 */
const LONGEST = 4_000;

/** The envelope of whatever was thrown, masked. */
export function envelopeOf(
  error: unknown,
  where: string,
  mask: (text: string) => string = (text) => text,
): ErrorEnvelope {
  const own = ownEnvelope(error) ?? envelopeOfMachine(error, where);
  if (own !== undefined) return { ...own, detail: mask(own.detail), hint: mask(own.hint) };
  return {
    error: "step-threw",
    category: "failed",
    // Masked before it is cut, so that no part of a secret is left at the edge.
    detail: shortened(mask(`${where} threw ${thrownText(error)}`)),
    hint:
      stackOf(error) === undefined
        ? "Let it throw an Error, whose stack is logged."
        : "The stack is in the phase's log.",
  };
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} … [cut]`;
}

/** Of an OrchestrateError, also where it comes from another copy of the sdk. */
function ownEnvelope(error: unknown): ErrorEnvelope | undefined {
  const fields = textFields(error, ["code", "category", "detail", "hint"]);
  if (fields === undefined || !isCategory(fields.category)) return undefined;
  return { error: fields.code, category: fields.category, detail: fields.detail, hint: fields.hint };
}

/** Of what no step can help. */
function envelopeOfMachine(error: unknown, where: string): ErrorEnvelope | undefined {
  const fields = textFields(error, ["code", "message"]);
  if (fields === undefined || !OF_THE_MACHINE.has(fields.code)) return undefined;
  const { code, hint } = ioWords(fields.code);
  return { error: code, category: "io", detail: `${where} failed with ${fields.message}.`, hint };
}

const OF_THE_MACHINE: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS", "EMFILE", "ENFILE"]);

/** Every category, as the compiler sees to: the schema of them is more than a worker should load. */
const CATEGORIES: Readonly<Record<ErrorCategory, true>> = {
  failed: true,
  input: true,
  invariant: true,
  policy: true,
  io: true,
  interrupted: true,
};

function isCategory(text: string): text is ErrorCategory {
  return Object.hasOwn(CATEGORIES, text);
}
