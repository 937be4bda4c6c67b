import type { z } from "zod";

/**
 * The issues of a failed check in words, as `scores[3].word: expected string, received number`; at most `limit` of
 * them (default 5), then how many more there are. Of a union, the branch that comes nearest is told.
 */
export function issueText(error: z.ZodError, limit = 5): string {
  const issues = error.issues.flatMap((issue) => leaves(issue, []));
  const told = issues.slice(0, limit).map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  if (issues.length > limit) told.push(`and ${issues.length - limit} more`);
  return told.join("; ");
}

interface Leaf {
  readonly path: string;
  readonly message: string;
}

function leaves(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): Leaf[] {
  const path = [...above, ...issue.path];
  const branches = issue.code === "invalid_union" && issue.message === "Invalid input" ? issue.errors : [];
  if (branches.length === 0) {
    return [{ path: fieldPath(path), message: issue.message.replace(/^Invalid input: /, "") }];
  }
  const nearest = branches.reduce((best, branch) => (branch.length < best.length ? branch : best));
  return nearest.flatMap((inner) => leaves(inner, path));
}

function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
}
