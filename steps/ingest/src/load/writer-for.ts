import { StepError } from "@orchestrate/sdk";
import type { Endpoint, OpenEndpoint, Strategy } from "../endpoint/endpoint.ts";
import type { Writer } from "../endpoint/writer.ts";

/** @throws StepError `target-unsuitable` for an endpoint that can't be loaded, or not by this strategy. */
export function writerFor(strategy: Strategy, { label, capabilities }: Endpoint, { writer }: OpenEndpoint): Writer {
  if (writer !== undefined && capabilities.writes.includes(strategy)) return writer;
  throw new StepError({
    error: "target-unsuitable",
    category: "input",
    detail: `The target ${label} can't be loaded by the strategy ${strategy}.`,
    hint:
      capabilities.writes.length === 0
        ? "It is only a source: choose another provider of ingest/target, or name a place that can be written."
        : `It takes ${capabilities.writes.join(", ")}.`,
  });
}
