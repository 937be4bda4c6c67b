import { OrchestrateError } from "@orchestrate/sdk";

/** One thing that is wrong in what the user wrote, and where: a path of keys and indexes into the document. */
export interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly hint: string;
  /** Where the value came from if not from the pipeline file: a profile's file, or an override as it was written. */
  readonly origin?: string;
}

/** A place in a file, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Bad input: every issue found. Whoever knows the file turns paths into positions with `describeIssues`. */
export class PipelineIssues extends OrchestrateError {
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super({ error: "pipeline-invalid", category: "input", ...describeIssues(issues, "pipeline", () => undefined) });
    this.name = "PipelineIssues";
    this.issues = issues;
  }
}

/**
 * Says the issues, a line each: `file:line:column field: message`, and once where all instances of a fan-out have it.
 * The hint is the first issue's.
 */
export function describeIssues(
  issues: readonly Issue[],
  file: string,
  locate: (path: Issue["path"]) => Position | undefined,
): { detail: string; hint: string } {
  const lines = issues.map(({ path, message, origin }) => {
    const position = origin === undefined ? locate(path) : undefined;
    const place = origin ?? (position === undefined ? file : `${file}:${position.line}:${position.column}`);
    return `${place} ${path.length === 0 ? "" : `${formatPath(path)}: `}${message}`;
  });
  return { detail: [...new Set(lines)].join("\n"), hint: issues.find(({ hint }) => hint !== "")?.hint ?? "" };
}

/** `phases.train.with["learning rate"][0]` */
export function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (!/^[\w$*-]+$/.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join("");
}
