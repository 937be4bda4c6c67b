import type { ChosenFollower } from "./choose-followers.ts";
import { processEntry } from "./process-entry.ts";

/** The run that is followed. */
export interface RunToFollow {
  readonly run: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** How long the engine waits at a run's end until what followers must not lose is safe, in milliseconds. */
const GRACE = 5_000;

/**
 * Starts the followers of a run beside it. `end` is to be called once the journal is complete; it has one that was
 * killed follow the run anew, and tells what went wrong.
 */
export async function startFollowers(
  chosen: readonly ChosenFollower[],
  { run, directory, environment }: RunToFollow,
): Promise<{ end(): Promise<readonly string[]> }> {
  if (chosen.length === 0) return { end: async () => [] };
  const { FollowerProcess } = await import("../io/followers/follower-process.ts");
  const entry = processEntry("follower");
  const started = chosen.map(({ secrets, ...follower }) => {
    const values = Object.fromEntries(secrets.map((name) => [name, environment[name] ?? ""]));
    const start = () => new FollowerProcess(entry, { type: "follow", ...follower, secrets: values, run, directory });
    return { start, process: start() };
  });
  return {
    end: async () => {
      const endings = await Promise.all(
        started.map(async ({ start, process }) => {
          const ending = await process.end(GRACE);
          // Once only: it may be the follower itself by which the memory is gone.
          return ending.isKilled ? start().end(GRACE) : ending;
        }),
      );
      return endings.flatMap(({ words }) => words ?? []);
    },
  };
}
