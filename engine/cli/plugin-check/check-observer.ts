import type { Plugin } from "../../io/plugins/plugin.ts";
import type { Finding } from "./finding.ts";

/** Is told of a check while it goes on, which may take minutes. */
export interface CheckObserver {
  /** The package is a plugin, and is looked at from here on. */
  begun(plugin: Plugin): void;
  /** What is looked at now: an aspect, or a part by its name. */
  looking(subject: string): void;
  found(findings: readonly Finding[]): void;
}

/** For whom the end will do. */
export const UNOBSERVED: CheckObserver = { begun: () => {}, looking: () => {}, found: () => {} };
