export { Difference } from "./diff.ts";
export { State } from "./trace/describe-state.ts";
export { Summary } from "./trace/summarize.ts";
export { traceArtifact } from "./trace/trace-artifact.ts";
