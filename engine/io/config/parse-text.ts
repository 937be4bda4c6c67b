import { OrchestrateError } from "@orchestrate/sdk";
import { duplicateKey } from "./duplicate-key.ts";
import { jsonFault } from "./json-fault.ts";
import { positionAt } from "./position-at.ts";
import { roundedNumber } from "./rounded-number.ts";

export interface TextToParse {
  readonly text: string;
  /** Named in errors. */
  readonly file: string;
  readonly format: "json" | "yaml";
  /** The code of the errors. */
  readonly error: string;
}

/**
 * Parses JSON or YAML 1.2 (core schema). A key that stands twice is refused in both, and so is a whole number that
 * can't be kept as it is.
 *
 * @throws OrchestrateError with the code given (input), naming file, line and column.
 */
export async function parseText(source: TextToParse): Promise<unknown> {
  const text = source.text.startsWith("\ufeff") ? source.text.slice(1) : source.text;
  if (text.trim() === "") throw unreadable(source, "", "it is empty");
  const value = source.format === "json" ? parseJson(text, source) : await parseYaml(text, source);
  const rounded = roundedNumber(text, value);
  if (rounded === undefined) return value;
  const { line, column } = positionAt(text, rounded.offset);
  throw unreadable(
    source,
    `:${line}:${column}`,
    `the number ${rounded.written} has more digits than are kept`,
    "Write it in quotes.",
  );
}

function parseJson(text: string, source: TextToParse): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { reason, position } = jsonFault(text);
    throw unreadable(source, `:${position.line}:${position.column}`, `it is not JSON (${reason})`);
  }
  const duplicate = duplicateKey(text);
  if (duplicate !== undefined) {
    const { line, column } = positionAt(text, duplicate.offset);
    throw unreadable(source, `:${line}:${column}`, `the key ${JSON.stringify(duplicate.key)} stands twice`);
  }
  return value;
}

async function parseYaml(text: string, source: TextToParse): Promise<unknown> {
  const { load, YAMLException } = await import("js-yaml");
  try {
    return load(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const place = error.mark === undefined ? "" : `:${error.mark.line + 1}:${error.mark.column + 1}`;
    if (error.reason === "duplicated mapping key") throw unreadable(source, place, "a key stands twice");
    throw unreadable(source, place, `it is not YAML (${error.reason})`, yamlHint(text, error.mark));
  }
}

/** What is most often meant, where a text holds what YAML takes for its own. */
function yamlHint(text: string, mark: { readonly line: number } | undefined): string | undefined {
  const written = mark === undefined ? "" : (text.split("\n")[mark.line] ?? "");
  if (/\$\{|\[\*\]/.test(written)) return 'Put what has ${…} or [*] in it in quotes: "${inputs.text}".';
  if (/^\s*[\w-]+:\s[^"'{[]*:\s/.test(written)) return "Put a text that has a colon in it in quotes.";
  return undefined;
}

function unreadable(
  { file, error }: TextToParse,
  place: string,
  reason: string,
  hint = place === "" ? "Correct the file." : "Correct the file at that place.",
): OrchestrateError {
  return new OrchestrateError({ error, category: "input", detail: `${file}${place} can't be read: ${reason}.`, hint });
}
