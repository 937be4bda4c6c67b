import { directory } from "@orchestrate/sdk";

/** A recording: `trace.json`, `trace_metadata.json`, `trace_paths.json` and `files/`. */
export const traceArtifact = directory("recorder/trace", "trace");
