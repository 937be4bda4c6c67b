import { Clock, defineStep, Processes } from "@orchestrate/sdk";
import { errorTrailer } from "./logging/error-trailer.ts";
import { RecorderLog } from "./logging/recorder-log.ts";
import { reportMetrics } from "./logging/report-metrics.ts";
import { concludeRecording } from "./session/conclude-recording.ts";
import { openSession } from "./session/open-session.ts";
import { RecordConfig } from "./session/record-config.ts";
import { traceArtifact } from "./trace/trace-artifact.ts";
import { recordProgram } from "./tracer/record-program.ts";
import { NodeTracer, PythonTracer } from "./tracer/tracer.ts";
import { TraceDirectory } from "./writer/trace-directory.ts";

export default defineStep({
  summary: "Runs a Node or Python program and records its calls, steps, values and output as a CodeTracer trace.",
  config: RecordConfig,
  outputs: { trace: traceArtifact },
  services: { processes: Processes, clock: Clock, node: NodeTracer, python: PythonTracer },
  codeFields: ["program", "filters"],
  programFields: ["python"],
  async run({ config, code, env, outputs, services, token, secrets, log, metric, signal }) {
    const { processes, clock } = services;
    using session = openSession({ config, code, env, now: clock.now(), token });
    const recorderLog = new RecorderLog({ session, clock, log });
    const trace = new TraceDirectory(outputs.trace.path);
    await using launch = await services[session.target].start(session, env);
    const recorded = await recordProgram({
      session,
      launch,
      trace,
      processes,
      secrets: Object.values(secrets),
      onNote: (text) => recorderLog.warn(text),
    });
    signal.throwIfAborted();
    const { stats } = recorded.transcriber;
    if (stats.eventsLost > 0)
      recorderLog.warn(`${stats.eventsLost} events are missing, for which the program's stack had no room.`);
    const failure = concludeRecording(session, recorded, trace);
    reportMetrics(stats, metric);
    recorderLog.keepIn(outputs.trace.path);
    if (failure === undefined) return;
    if (session.policy.json_errors) log.error(errorTrailer(failure, session.id));
    throw failure;
  },
});
