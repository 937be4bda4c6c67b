/** For tests of steps: a fake context with real files, one run of a step, and the conformance suite. */
export type { ConformanceExample } from "./check-step.ts";
export { checkStep } from "./check-step.ts";
export type { Check, CheckName } from "./checks/check.ts";
export { describeConformance } from "./describe-conformance.ts";
export type { FakeClockOptions } from "./fake-clock.ts";
export { FakeClock } from "./fake-clock.ts";
export type { Fake } from "./fake-context.ts";
export { fakeContext } from "./fake-context.ts";
export type { FakeInput, FakeInstance } from "./fake-input.ts";
export type { FakeOptions } from "./fake-options.ts";
export type { OutputRead } from "./output-read.ts";
export type { Recording } from "./recording.ts";
export type { RunResult } from "./run-step.ts";
export { runStep } from "./run-step.ts";
