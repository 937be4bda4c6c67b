import type { SpawnOptions } from "../services.ts";

/** The variables that a child always gets, where they are set; and every one that begins with LC_. */
const ALWAYS = ["PATH", "HOME", "TMPDIR", "LANG", "TZ"];

/** The environment of a child: an allow-list, what the phase allows, what the step gives, and who it belongs to. */
export function childEnvironment(
  common: {
    readonly attempt: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly allowed: Readonly<Record<string, string>>;
  },
  options: Pick<SpawnOptions, "env" | "onEvent">,
): Record<string, string> {
  const always = Object.entries(common.environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (ALWAYS.includes(entry[0]) || entry[0].startsWith("LC_")),
  );
  return {
    ...Object.fromEntries(always),
    ...common.allowed,
    ...options.env,
    ...(options.onEvent ? { ORCHESTRATE_EVENTS_FD: "3" } : {}),
    ORCHESTRATE_ATTEMPT: common.attempt,
  };
}
