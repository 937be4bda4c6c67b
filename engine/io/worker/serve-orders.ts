import module from "node:module";
import { maskSecrets } from "@orchestrate/sdk/runtime";
import { unreachable } from "../../core/unreachable.ts";
import type { AttemptOrder } from "../../run/ports/executor.ts";
import { markBegun } from "../proc/fence.ts";
import { answerQuestion } from "./answer-question.ts";
import { captureOutput } from "./capture-output.ts";
import { envelopeOf } from "./envelope-of.ts";
import { ProcessLog } from "./process-log.ts";
import { CRASHED, type Order, type Report } from "./protocol.ts";
import { runAttempt } from "./run-attempt.ts";
import type { ServiceResolver } from "./service-resolver.ts";
import { takeChannel } from "./take-channel.ts";
import { stackOf } from "./thrown-text.ts";
import { processTraces } from "./traces.ts";

interface Current {
  readonly order: AttemptOrder;
  readonly log: ProcessLog;
  readonly mask: (text: string) => string;
  readonly abort: AbortController;
}

/** Takes orders from the engine over the process's own channel, one at a time, until the engine is gone. */
export function serveOrders(resolver: ServiceResolver): void {
  let current: Current | undefined;
  const traces = processTraces();
  const channel = takeChannel<Report>();
  const send = (report: Report) => void channel(report);
  const output = captureOutput(
    (line) => current?.mask(line) ?? line,
    (stream, message) => current?.log.write({ stream, message }),
  );

  const crash = (error: unknown) => {
    output.flush();
    if (current !== undefined) {
      const envelope = envelopeOf(error, current.order.step.name, current.mask);
      const stack = stackOf(error);
      if (stack !== undefined) current.log.write({ stream: "log", level: "error", message: stack });
      const thrown = { ...envelope, error: "step-crashed", detail: `${envelope.detail} (nobody caught it)` };
      void channel({ type: "failed", error: thrown }).then(() => process.exit(CRASHED));
    } else process.exit(CRASHED);
  };
  process.on("uncaughtException", crash).on("unhandledRejection", crash);

  process.on("message", (message) => {
    const order = message as Order;
    switch (order.type) {
      case "attempt": {
        markBegun(order.order.staging);
        const mask = maskSecrets(order.order.secrets);
        const log = new ProcessLog(order.order.log, { attempt: order.order.number }, mask);
        const abort = new AbortController();
        current = { order: order.order, log, mask, abort };
        void runAttempt(order.order, { log, mask, resolver, traces, signal: abort.signal, send }).then((report) => {
          output.flush();
          log.close();
          current = undefined;
          send(report);
        });
        return;
      }
      case "question":
        send({ type: "begun" });
        void answerQuestion(order.question, resolver).then((answer) => {
          send({ type: "answer", answer, kept: resolver.kept });
          // A worker is killed in the end, and then keeps nothing of what it compiled.
          module.flushCompileCache();
        });
        return;
      case "abort":
        current?.abort.abort(new DOMException("The attempt was aborted.", "AbortError"));
        return;
      case "close":
        void resolver.close().then(
          () => process.exit(0),
          () => process.exit(CRASHED),
        );
        return;
      default:
        return unreachable(order);
    }
  });
}
