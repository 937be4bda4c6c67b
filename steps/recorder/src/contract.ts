export { Difference } from "./diff.ts";
export { State } from "./trace/describe-state.ts";
export { Summary } from "./trace/summarize.ts";
export { traceArtifact } from "./trace/trace-artifact.ts";
export { NodeTracer, PythonTracer, type Tracer } from "./tracer/tracer.ts";
