import type { Issue } from "../core/pipeline/pipeline-issue.ts";

/**
 * Secrets whose environment variables are not set.
 *
 * @param path of the list that names them.
 * @param variable the value of an environment variable.
 */
export function unsetSecrets(
  secrets: readonly string[],
  path: Issue["path"],
  variable: (name: string) => string | undefined,
): readonly Issue[] {
  return secrets.flatMap((secret, index) => {
    if (variable(secret) !== undefined) return [];
    const message = `the environment variable ${secret} is not set.`;
    return [{ path: [...path, index], message, hint: `Set ${secret} for this command.` }];
  });
}
