import { defineToken, type Token } from "@orchestrate/sdk";

/** The time that operations are measured by, as a service so that tests can hold it. */
export interface Timer {
  /** Milliseconds since some start, as fine as the machine can tell; never runs backwards. */
  now(): number;
}

/** The token of the timer that the measuring steps ask for. */
export const Timer: Token<Timer> = defineToken<Timer>("hashmap/timer");
