import { defineToken, type Token } from "@orchestrate/sdk";

/** Where slices wait for their commit, so that an attempt that follows a killed one reads none of them again. */
export interface Staging {
  /**
   * The area of one load from one starting point. Areas that nothing was put into for longer than the time to live are
   * removed on the way.
   *
   * @param now milliseconds since 1970
   */
  area(project: string, id: string, now: number): Promise<StagingArea>;
}

export interface StagingArea {
  /** A text that was kept, as a plan; undefined where there is none. */
  kept(name: string): Promise<string | undefined>;
  /** Keeps a text, at once and for good. */
  keep(name: string, text: string): Promise<void>;
  /** The file of a slice whose marker holds; undefined where it is not staged, or not whole. */
  slice(id: string): Promise<string | undefined>;
  /** Lets `write` make the file of a slice, then puts file and marker in place. Gives the file. */
  stage(id: string, write: (path: string) => Promise<void>): Promise<string>;
  /** Removes all; called once the target has committed. */
  clear(): Promise<void>;
}

export const Staging: Token<Staging> = defineToken<Staging>("ingest/staging");
