import { StepError, z } from "@orchestrate/sdk";
import { parse, TomlError } from "smol-toml";
import { FilterDocument, NEWEST_VERSION } from "./filter-document.ts";

/** @throws StepError `filter-invalid`, which cites line and column, or every field that is wrong. */
export function parseFilter(text: string, path: string): FilterDocument {
  const value = parseToml(text, path);
  const version = versionOf(value);
  if (version !== undefined && version > NEWEST_VERSION) {
    throw filterInvalid(path, `meta.version is ${version}, and the newest that is understood is ${NEWEST_VERSION}`);
  }
  const parsed = FilterDocument.safeParse(value);
  if (parsed.success) return parsed.data;
  throw filterInvalid(path, parsed.error.issues.map(issueText).join("; "));
}

export function filterInvalid(path: string, problem: string, cause?: unknown): StepError {
  return new StepError(
    {
      error: "filter-invalid",
      category: "input",
      detail: `The filter ${path} says what can't be: ${problem}.`,
      hint: "docs/formats/trace-filter.md says what a filter may hold.",
    },
    { cause },
  );
}

function parseToml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [problem = ""] = error.message.split("\n");
    throw filterInvalid(path, `line ${error.line}, column ${error.column}: ${problem}`, error);
  }
}

const Versioned = z.object({ meta: z.object({ version: z.number() }) });

function versionOf(value: unknown): number | undefined {
  return Versioned.safeParse(value).data?.meta.version;
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join(".")}: ${message}`;
}
