import type { ChildResult, Processes } from "@orchestrate/sdk";
import { readFailureReport } from "../session/failure-report.ts";
import type { Session } from "../session/open-session.ts";
import type { TraceDirectory } from "../writer/trace-directory.ts";
import { captured } from "./captured.ts";
import { DescriptorMirror } from "./descriptor-mirror.ts";
import { type Launch, TYPE_NAMES } from "./launch.ts";
import { followStream } from "./stream/follow-stream.ts";
import { Transcriber } from "./transcriber.ts";

export interface RecordOptions {
  readonly session: Session;
  readonly launch: Launch;
  readonly trace: TraceDirectory;
  readonly processes: Processes;
  /** Values that must stand nowhere. */
  readonly secrets: readonly string[];
  readonly onNote: (text: string) => void;
}

const STREAMS = ["stdout", "stderr"] as const;

export interface Recorded {
  readonly result: ChildResult;
  readonly transcriber: Transcriber;
  /** What went wrong with the recording; undefined where nothing did. */
  readonly problem: unknown;
}

/**
 * Runs the program and writes what its tracer tells, as it tells it. Where the recording fails, the policy decides
 * whether the program is ended or goes on.
 *
 * @throws what `Processes.run` does.
 */
export async function recordProgram(options: RecordOptions): Promise<Recorded> {
  const { session, launch, trace, processes, secrets, onNote } = options;
  const stop = new AbortController();
  const mirror = session.policy.io_capture === "proxies+fd" ? new DescriptorMirror() : undefined;
  const transcriber = new Transcriber({
    events: trace.events,
    program: session.program,
    names: TYPE_NAMES[session.target],
    recordsValues: session.config.values === "changed",
    mask: masking(secrets),
    onOutput: (stream, text) => mirror?.told(stream, text),
    onNote,
  });
  const wanted = captured(session.policy, session.filter);
  const running = processes.run(launch.argv, {
    env: { ...session.config.env, ...launch.env },
    signal: stop.signal,
    onLine: (stream, line) => {
      if (wanted.includes(stream)) mirror?.line(STREAMS.indexOf(stream), line);
    },
  });
  const watcher = mirror && {
    mark: () => mirror.waiting,
    caughtUp: (count: number) => {
      for (const { stream, text } of mirror.take(count)) transcriber.output(stream, text, ["mirror"]);
    },
  };
  const following = followStream(session.stream, transcriber.frame.bind(transcriber), running, watcher).then(
    (left) => {
      if (left > 0) onNote(`The program ended within a record of its stream; ${left} bytes of it are left out.`);
      transcriber.finish();
      return undefined;
    },
    (problem: unknown) => {
      if (session.policy.on_recorder_error === "abort") stop.abort();
      return problem ?? new Error("The recording failed.");
    },
  );
  const [result, problem] = await Promise.all([running, following]);
  return { result, transcriber, problem: problem ?? readFailureReport(session.failure) };
}

function masking(secrets: readonly string[]): (text: string) => string {
  const hidden = secrets.filter((secret) => secret !== "");
  if (hidden.length === 0) return (text) => text;
  return (text) => hidden.reduce((masked, secret) => masked.replaceAll(secret, "***"), text);
}
