import type { JournalEvent } from "@orchestrate/manifests";
import { defineToken, type Token } from "./token.ts";

/** A run, as a follower sees it. */
export interface FollowedRun {
  readonly run: string;
  /** The run's directory, absolute; not to be written to. Manifests in it are complete once their event has come. */
  readonly directory: string;
  /**
   * The journal from its first line to its last, each event as it is written; where the run is resumed or the follower
   * was killed, what was told before comes again. They end when the engine has done with the run, or is gone.
   */
  readonly events: AsyncIterable<JournalEvent>;
  /** Values of the environment variables that the pipeline allows this follower, by name. Masked in its log. */
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * Follows runs for a purpose of its own: reports, exports or keeps what happens. It runs in a process beside the
 * engine, so that it can neither slow nor break a run: whatever it does, the run's result is the same. A provider of
 * this token is switched on by its name under `follow` in a pipeline or profile.
 */
export interface Follower {
  /**
   * Resolves once all that must not be lost is safe. For that the engine waits at the run's end, for 5 seconds at most;
   * then a follower that has not resolved is killed. What may take longer, as sending over a network, belongs into the
   * provider's `dispose`, which has another 30 seconds while nobody waits.
   */
  follow(run: FollowedRun): Promise<void>;
}

export const Follower: Token<Follower> = defineToken<Follower>("orchestrate/follower");
