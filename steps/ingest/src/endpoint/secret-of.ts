import { StepError } from "@orchestrate/sdk";

/** The secret that an option names. @throws StepError `secret-missing` where the phase does not pass it on. */
export function secretOf(name: string, secrets: Readonly<Record<string, string>>): string {
  const value = secrets[name];
  if (value !== undefined) return value;
  throw new StepError({
    error: "secret-missing",
    category: "input",
    detail: `The endpoint names the secret "${name}", which the phase does not pass on.`,
    hint: `Add it to the phase: secrets: [${name}].`,
  });
}
