import { resolve } from "node:path";
import { defineService, z } from "@orchestrate/sdk";
import { KindRegistry } from "../kinds/kind-registry.ts";
import { openGateway } from "../open-gateway.ts";
import { MetadataOptions } from "../options.ts";
import { systemClock } from "../system-clock.ts";
import { type AskReach, MetadataGateway } from "./questions.ts";

export default defineService({
  token: MetadataGateway,
  summary: "The metadata gateway, opened for as long as a step asks it.",
  options: z.strictObject({
    ...MetadataOptions.shape,
    /** The runs directory, relative to the pipeline, in which an embedded gateway lies. */
    runs: z.string().min(1).default("runs"),
  }),
  create: ({ options: { gateway, kinds, runs } }) => ({
    async open({ project, secrets }: AskReach) {
      const opened = await openGateway(gateway, {
        runsDirectory: resolve(project, runs),
        variable: (name) => secrets[name],
        around: { kinds: new KindRegistry(kinds), now: systemClock.now, reach: () => {} },
      });
      return {
        latest: (subject, kind) => opened.latest(subject, kind),
        history: (subject, kind, limit) => opened.history(subject, kind, limit),
        query: (criteria) => opened.query(criteria),
        [Symbol.asyncDispose]: () => opened.close(),
      };
    },
  }),
});
