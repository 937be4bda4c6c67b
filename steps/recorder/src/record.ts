import { Clock, defineStep, directory, Processes, StepError } from "@orchestrate/sdk";
import { RecorderLog } from "./logging/recorder-log.ts";
import { reportMetrics } from "./logging/report-metrics.ts";
import { openSession } from "./session/open-session.ts";
import { RecordConfig } from "./session/record-config.ts";
import { startNode } from "./tracer/node/start-node.ts";
import { recordProgram } from "./tracer/record-program.ts";
import { TraceDirectory } from "./writer/trace-directory.ts";
import { traceMetadata } from "./writer/trace-metadata.ts";

export default defineStep({
  summary: "Runs a Node or Python program and records its calls, steps, values and output as a CodeTracer trace.",
  config: RecordConfig,
  outputs: { trace: directory("recorder/trace") },
  services: { processes: Processes, clock: Clock },
  codeFields: ["program", "filters"],
  programFields: ["python"],
  async run({ config, code, env, outputs, services: { processes, clock }, token, log, metric, signal }) {
    using session = openSession({ config, code, env, now: clock.now(), token });
    const recorderLog = new RecorderLog({
      policy: session.policy,
      clock,
      log,
      recordingId: session.id,
      file: undefined,
    });
    const trace = new TraceDirectory(outputs.trace.path);
    const launch = startNode(session);
    const { result, transcriber, problem } = await recordProgram({
      session,
      launch,
      trace,
      processes,
      onNote: (text) => recorderLog.write("warn", "tracer", text),
    });
    signal.throwIfAborted();
    if (problem !== undefined) throw problem;
    const { stats, tables } = transcriber;
    trace.finish(
      tables.paths,
      traceMetadata({
        recordingId: session.id,
        workdir: session.root,
        program: session.program,
        args: session.args,
        recorder: { name: "@orchestrate/steps-recorder", version: "0.1.0" },
        sources: session.filter.sources,
        stats,
        status: result.status,
        signal: result.signal,
        problem: undefined,
      }),
    );
    reportMetrics(stats, metric);
    if (result.status !== 0 && session.policy.propagate_script_exit) {
      throw new StepError({ error: "recorded-program-failed", detail: "x", hint: "y" });
    }
  },
});
