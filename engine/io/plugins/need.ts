import { z } from "@orchestrate/sdk";

/**
 * What a plugin says it needs beyond its own files: `network`; `child-processes`; `env:NAME`, a variable of the
 * environment; `files:PLACE`, files outside of its staging directory, as `files:~/.cache/models`. Said, shown and asked
 * for; not enforced.
 */
export const Need = z
  .string()
  .regex(
    /^(network|child-processes|env:[A-Za-z_][A-Za-z0-9_]*|files:\S(.*\S)?)$/,
    "Must be network, child-processes, env:NAME or files:PLACE",
  );

export type Need = z.infer<typeof Need>;

/** A need in words, for whoever is asked to allow it. */
export function describeNeed(need: Need): string {
  if (need === "network") return "reaches the network";
  if (need === "child-processes") return "starts child processes";
  const [kind = "", ...rest] = need.split(":");
  const what = rest.join(":");
  return kind === "env"
    ? `reads the environment variable ${what}`
    : `reads or writes files outside of the run: ${what}`;
}

/** Said wherever needs are shown as something that is allowed. */
export const NOT_ENFORCED =
  "Needs are what plugins say of themselves: the engine shows and asks, and does not keep a plugin from more.";
