import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { expect, it } from "vitest";
import { parseInstanceId } from "../core/graph/instance.ts";
import { arbitraryPhases } from "../core/testing/arbitrary-phases.ts";
import { type End, expectedEnds } from "../core/testing/expected-ends.ts";
import type { Drive } from "./execute-run.ts";
import { type HeldAttempt, RunRig } from "./fixtures/run-rig.ts";

const MACHINE = { slots: 3, cpu: 4, memory: 350, gpu: 0 };
const words = { detail: "It did.", hint: "Look." };
const FAILURES = {
  crash: { type: "failed", error: { error: "step-threw", category: "failed", ...words } },
  "bad input": { type: "failed", error: { error: "input-refused", category: "input", ...words } },
} as const;

const arbitraryRun = fc.record({
  phases: arbitraryPhases,
  list: fc.option(fc.uniqueArray(fc.constantFrom("x", "y", "z")), { nil: undefined }),
  /** What chance decides on the way, by instance, try and turn. */
  dice: fc.array(fc.nat({ max: 99 }), { minLength: 20, maxLength: 40 }),
  onFailure: fc.constantFrom("stop" as const, "keep-going" as const),
  /** After how many starts it is interrupted. */
  interruptAt: fc.option(fc.nat({ max: 12 }), { nil: Number.POSITIVE_INFINITY, freq: 3 }),
});

it("a run of any pipeline with retries, failures and interruptions starts only what may start, and ends as it must", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryRun, async ({ phases, list, dice, onFailure, interruptAt }) => {
      using rig = new RunRig(Object.fromEntries(Object.entries(phases).map(withRetries)));
      const tryOf = (id: string, number: number) => endingOf(dice[hash(`${id} ${number}`) % dice.length]!);
      const clock = {
        now: () => 0,
        random: () => 0,
        sleep: async (_ms: number, by: AbortSignal) => by.throwIfAborted(),
      };
      const readJson = async () => list ?? Promise.reject(new Error("no list"));
      const driven = rig.drive({ capacity: MACHINE, onFailure }, { clock, files: { readJson } });
      const drive = await play(rig, driven, { dice, tryOf, interruptAt });
      expectStartsAllowed(rig, onFailure);
      if (onFailure === "stop" || rig.interrupt.signal.aborted) return;
      const succeeds = (id: string) => {
        const tries = Array.from({ length: triesOf(id) }, (_, index) => tryOf(id, index + 1));
        return tries.find((ending) => ending !== "crash") === "success";
      };
      expect(endsOf(rig, drive)).toEqual(withoutCauses(expectedEnds(rig.graph, list, succeeds)));
    }),
    { numRuns: 40 },
  );
});

interface Play {
  readonly dice: readonly number[];
  readonly tryOf: (id: string, number: number) => "success" | keyof typeof FAILURES;
  readonly interruptAt: number;
}

/** Ends one of the running attempts after another, as chance has it, and checks what they take together. */
async function play(rig: RunRig, driven: Promise<Drive>, { dice, tryOf, interruptAt }: Play): Promise<Drive> {
  const over = driven.then(() => true as const);
  const running: HeldAttempt[] = [];
  let starts = 0;
  let toldBefore = Number.POSITIVE_INFINITY;
  for (let round = 0; (await Promise.race([over, turn(false)])) === false; round++) {
    for (; rig.unasked > 0; starts++) running.push(await rig.attempt());
    const taken = running.map(({ order }) => rig.graph.phases.get(placeOf(order.staging).phase)!.resources);
    expect(running.length).toBeLessThanOrEqual(MACHINE.slots);
    expect(taken.reduce((sum, { cpu }) => sum + cpu, 0)).toBeLessThanOrEqual(MACHINE.cpu);
    expect(taken.reduce((sum, { memory }) => sum + memory, 0)).toBeLessThanOrEqual(MACHINE.memory);
    expect(new Set(running.map(({ order }) => order.phaseDirectory)).size).toBe(running.length);
    if (starts >= interruptAt) {
      toldBefore = Math.min(toldBefore, rig.events.length);
      rig.interrupt.abort();
    }
    const [ended] = running.splice(dice[round % dice.length]! % Math.max(running.length, 1), 1);
    if (ended === undefined) continue;
    const { id, number } = placeOf(ended.order.staging);
    const ending = tryOf(id, number);
    if (ending === "success") ended.complete(id);
    else ended.end(FAILURES[ending]);
  }
  // Whatever the engine was about to do, it starts nothing once it is interrupted.
  expect(rig.events.slice(toldBefore).map(({ type }) => type)).not.toContain("attempt-started");
  return driven;
}

/**
 * By what the journal tells, in its order: no start after an end, nor more tries than the phase has, nor once it stops.
 */
function expectStartsAllowed(rig: RunRig, onFailure: "stop" | "keep-going"): void {
  const ended = new Set<string>();
  const tries = new Map<string, number>();
  let isStopping = false;
  for (const event of rig.events) {
    if (event.type !== "attempt-started" && event.type !== "phase-committed" && event.type !== "phase-failed") continue;
    const id = event.key === null ? event.phase : `${event.phase}[${event.key}]`;
    expect(ended).not.toContain(id);
    if (event.type === "attempt-started") {
      expect(isStopping).toBe(false);
      tries.set(id, (tries.get(id) ?? 0) + 1);
      expect(tries.get(id)).toBeLessThanOrEqual(triesOf(id));
      continue;
    }
    ended.add(id);
    isStopping ||= event.type === "phase-failed" && onFailure === "stop";
  }
}

function endsOf(rig: RunRig, { committed, failures }: Drive): ReadonlyMap<string, End["type"]> {
  const skipped = rig.events.flatMap((event) =>
    event.type === "phase-skipped"
      ? [[event.key === null ? event.phase : `${event.phase}[${event.key}]`, "blocked"] as const]
      : [],
  );
  // Of a phase whose list can't be read, no instance is known.
  const failed = failures.filter(({ error }) => error.detail === words.detail);
  return new Map([
    ...[...committed.keys()].map((id) => [id, "committed"] as const),
    ...failed.map(({ id }) => [id, "failed"] as const),
    ...skipped,
  ]);
}

function withoutCauses(ends: ReadonlyMap<string, End>): ReadonlyMap<string, End["type"]> {
  return new Map([...ends].map(([id, { type }]) => [id, type]));
}

/** Each phase with a config of its own, so that none is equal to another, and so many tries as `triesOf` says. */
function withRetries([name, phase]: readonly [string, object]): readonly [string, object] {
  return [name, { ...phase, with: { name }, retry: { attempts: triesOf(name), delay: "1ms" } }];
}

function triesOf(id: string): number {
  return 1 + (hash(parseInstanceId(id).phase) % 3);
}

function endingOf(die: number): "success" | keyof typeof FAILURES {
  if (die < 70) return "success";
  return die < 92 ? "crash" : "bad input";
}

/** Which instance and try a staging directory is of. */
function placeOf(staging: string): { readonly id: string; readonly phase: string; readonly number: number } {
  const parts = staging.slice(staging.lastIndexOf("/phases/") + "/phases/".length).split("/");
  const [phase, key] = parts.length === 3 ? parts : [parts[0], undefined];
  return {
    id: key === undefined ? phase! : `${phase}[${key}]`,
    phase: phase!,
    number: Number(parts.at(-1)!.slice("attempt-".length)),
  };
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 1_000_003, 7);
}
