import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { OrchestrateError } from "@orchestrate/sdk";
import {
  type ConformanceExample,
  type Cut,
  type CutAttempt,
  checkService,
  checkStep,
  runStep,
  type ServiceExample,
} from "@orchestrate/sdk/testing";
import { envelopeOf } from "../worker/envelope-of.ts";
import { loadService, loadStep } from "../worker/load-definition.ts";
import { takeChannel } from "../worker/take-channel.ts";
import type { SuiteOrder, SuitePart, SuiteReport } from "./protocol.ts";
import { runSuite } from "./suite-process.ts";

/** Takes the one order of this process, and says what came of it. @param entry this process's own module, absolute */
export function serveSuite(entry: string): void {
  const channel = takeChannel<SuiteReport>();
  const send = (report: SuiteReport) => void channel(report);
  // Listening on keeps the process there for a step that waits for what never comes: that is told by its starter.
  process.on("message", (message) => {
    const order = message as SuiteOrder;
    const fail = (error: unknown) => send({ found: "error", error: envelopeOf(error, order.part.name) });
    process.on("uncaughtException", fail).on("unhandledRejection", fail);
    if (order.do === "suite") void check(order.part, entry, order.timeoutMs).then(send, fail);
    else void crash(order).catch(fail);
  });
}

async function check(part: SuitePart, entry: string, timeoutMs: number): Promise<SuiteReport> {
  const example = await exampleOf(part);
  if (example === undefined) return { found: "no-example" };
  if (part.kind === "service") {
    return { found: "checks", checks: await checkService(await loadService(part.module, part.name), example) };
  }
  const cwd = process.cwd();
  const own: ConformanceExample = { crash: (cut) => crashElsewhere(part, cut, { entry, cwd, timeoutMs }), ...example };
  return { found: "checks", checks: await checkStep(await loadStep(part.module, part.name), own) };
}

/** A crash is one: another process runs the attempt, and kills itself there. */
async function crashElsewhere(part: SuitePart, cut: Cut, around: Parameters<typeof runSuite>[1]): Promise<CutAttempt> {
  const directory = mkdtempSync(join(tmpdir(), "crash-"));
  const checkpoint = join(directory, "checkpoint");
  try {
    const ending = await runSuite({ do: "crash", part, cut, checkpoint }, around);
    if (ending.end === "report" && ending.report.found === "error") throw new OrchestrateError(ending.report.error);
    return { checkpoint: cut === "checkpoint" ? readFileSync(checkpoint) : undefined };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function crash({ part, cut, checkpoint }: Extract<SuiteOrder, { do: "crash" }>): Promise<void> {
  const example = await exampleOf(part);
  const step = await loadStep(part.module, part.name);
  await runStep(step, {
    ...example,
    onCheckpoint: (data) => {
      writeFileSync(checkpoint, data);
      if (cut === "checkpoint") die();
    },
    onProgress: (done, total) => {
      if (cut === "progress" && done < total) die();
    },
  });
  die();
}

/** With all that the step started. */
function die(): never {
  process.kill(-process.pid, "SIGKILL");
  return process.abort();
}

/** What it is an example of, only the author knows; the suites refuse one that does not fit. */
async function exampleOf({ name, examples }: SuitePart): Promise<(ConformanceExample & ServiceExample) | undefined> {
  const found = ((await import(pathToFileURL(examples).href)) as { default?: unknown }).default;
  if (typeof found === "object" && found !== null) return (found as Readonly<Record<string, object>>)[name];
  throw new OrchestrateError({
    error: "examples-invalid",
    category: "input",
    detail: `The default export of ${examples} holds no examples.`,
    hint: "Write export default defineExamples({ … }), from @orchestrate/sdk/testing.",
  });
}
