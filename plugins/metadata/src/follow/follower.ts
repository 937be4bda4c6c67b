import { dirname } from "node:path";
import { defineService, Follower } from "@orchestrate/sdk";
import { KindRegistry } from "../kinds/kind-registry.ts";
import { openGateway } from "../open-gateway.ts";
import { MetadataOptions } from "../options.ts";
import { systemClock } from "../system-clock.ts";
import { MetadataFollower } from "./metadata-follower.ts";

export default defineService({
  token: Follower,
  summary: "Keeps runs, phases, artifacts, their lineage and what steps emit in the metadata gateway.",
  options: MetadataOptions,
  create: ({ options, log }) =>
    new MetadataFollower({
      clock: systemClock,
      log,
      open: ({ directory, secrets }) =>
        openGateway(options.gateway, {
          runsDirectory: dirname(directory),
          variable: (name) => secrets[name],
          around: { kinds: new KindRegistry(options.kinds), now: systemClock.now, reach: () => {} },
        }),
    }),
  dispose: async (follower) => {
    if (follower instanceof MetadataFollower) await follower.dispose();
  },
});
