import type { ErrorEnvelope, Finding, ServiceContract, StepContract } from "@orchestrate/sdk";
import type { Json } from "../../core/pipeline/pipeline.ts";
import type { AttemptOrder, AttemptReport, Completed } from "../../run/ports/executor.ts";
import type { ConfigIssue, VersionRequest } from "../../run/ports/inspector.ts";

/** What the engine asks a worker about a plugin's module. */
export type Question =
  | { readonly ask: "step"; readonly module: string; readonly name: string }
  | { readonly ask: "service"; readonly module: string; readonly name: string }
  | { readonly ask: "check"; readonly module: string; readonly name: string }
  | { readonly ask: "configs"; readonly module: string; readonly name: string; readonly raw: readonly Json[] }
  | ({ readonly ask: "version" } & Pick<VersionRequest, "config" | "services" | "env" | "secrets"> & {
        readonly module: string;
        readonly name: string;
      });

export type Answer =
  | { readonly answer: "step"; readonly contract: StepContract }
  | { readonly answer: "service"; readonly contract: ServiceContract }
  | {
      readonly answer: "configs";
      readonly configs: readonly ({ readonly value: Json } | { readonly issues: readonly ConfigIssue[] })[];
    }
  | { readonly answer: "check"; readonly finding: Finding }
  | { readonly answer: "version"; readonly version: string | null }
  | { readonly answer: "error"; readonly error: ErrorEnvelope };

/** From engine to worker. A worker does one thing at a time. */
export type Order =
  | { readonly type: "attempt"; readonly order: AttemptOrder }
  | { readonly type: "question"; readonly question: Question }
  | { readonly type: "abort" }
  /** Disposes of the services that the worker keeps, and ends it. */
  | { readonly type: "close" };

/** From worker to engine. */
export type Report =
  | AttemptReport
  /**
   * Sent before anything of a question is done: a worker that ends without it may be replaced. Of attempts see
   * `markBegun`.
   */
  | { readonly type: "begun" }
  /** `kept` counts the services that the worker keeps and must dispose of at its end. */
  | { readonly type: "answer"; readonly answer: Answer; readonly kept: number }
  /** `leaks` names what the step left open or changed; the worker is then not used again. */
  | ({ readonly type: "completed"; readonly leaks: readonly string[]; readonly kept: number } & Completed)
  | { readonly type: "failed"; readonly error: ErrorEnvelope };

/** Exit status of a worker after an error that nobody caught; the report before it says what it was. */
export const CRASHED = 70;
