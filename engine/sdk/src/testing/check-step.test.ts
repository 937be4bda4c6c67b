import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { Clock, defineStep, file, Metadata, Processes, type StepContext, z } from "../index.ts";
import { checkStep } from "./check-step.ts";
import { describeConformance } from "./describe-conformance.ts";

const empty = z.strictObject({});
const inputs = { text: file("text/plain") };
const outputs = { copy: file("text/plain", "copy.txt") };
type Context = StepContext<z.ZodType, typeof inputs, typeof outputs, Record<never, never>, never, false>;

const example = { inputs: { text: { text: "hello" } } };

/** A step that is good but for what `act` does. */
function stepThat(act: (context: Context) => Promise<void> | void, config: z.ZodType = empty) {
  return defineStep({
    summary: "Copy a text.",
    config,
    inputs,
    outputs,
    run: async (context) => {
      await context.outputs.copy.write(await context.inputs.text.text());
      await act(context);
    },
  });
}

async function failures(step: ReturnType<typeof stepThat>, grace?: () => Promise<void>) {
  const checks = await checkStep(step, { ...example, ...(grace && { grace }) });
  return checks.filter(({ ok }) => !ok).map(({ check, detail }) => `${check}: ${detail}`);
}

describe("checkStep", () => {
  it("passes a good step, and reports every check", async () => {
    const checks = await checkStep(
      stepThat(({ progress, signal }) => {
        for (let part = 0; part <= 3; part += 1) {
          signal.throwIfAborted();
          progress(part, 3);
        }
      }),
      example,
    );
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.map(({ check }) => check)).toEqual([
      "contract",
      "unknown-config-key",
      "outputs",
      "same-bytes",
      "surroundings",
      "open-handles",
      "progress",
      "retry",
      "abort",
    ]);
    expect(JSON.parse(JSON.stringify(checks))).toEqual(checks);
  });

  it("contract: finds a config that does not stay plain JSON", async () => {
    const dated = z.strictObject({ day: z.coerce.date().default(new Date(0)) });
    expect(await failures(stepThat(() => {}, dated))).toEqual([
      "contract: The parsed config is not plain JSON: leave transforms and dates out of it.",
    ]);
  });

  it.each([
    [z.strictObject({ part: z.number().default(Math.random) }), "The config is another one each time it is parsed: "],
    [
      z.strictObject({
        name: z
          .string()
          .default("a")
          .transform((name) => `${name}!`),
      }),
      "A parsed config is another one, or ",
    ],
    [
      z.strictObject({
        size: z
          .string()
          .default("abc")
          .transform(({ length }) => length),
      }),
      "A parsed config is another one, or ",
    ],
  ])("contract: finds a config that is not the same each time it is parsed: %#", async (config, words) => {
    expect(await failures(stepThat(() => {}, config))).toEqual([expect.stringMatching(`^contract: ${words}[^.]*\\.$`)]);
  });

  it("contract: takes a transform that changes nothing the second time", async () => {
    const trimmed = z.strictObject({
      name: z
        .string()
        .default(" a ")
        .transform((name) => name.trim()),
    });
    expect(await failures(stepThat(() => {}, trimmed))).toEqual([]);
  });

  it("unknown-config-key: finds objects within the config that drop unknown keys", async () => {
    const lax = z.object({ size: z.number() });
    const config = z.strictObject({
      strict: z.strictObject({ size: z.number() }).default({ size: 1 }),
      open: z.looseObject({ size: z.number() }).default({ size: 1 }),
      named: z.record(z.string(), lax).default({}),
      list: z.array(lax).default([]),
      either: z.union([z.string(), z.strictObject({ lax: lax.optional() })]).default("none"),
    });
    expect(await failures(stepThat(() => {}, config))).toEqual([
      `unknown-config-key: ${["named", "list[]", "either.lax"]
        .map((path) => `Unknown keys in ${path} are dropped in silence: use z.strictObject there as well.`)
        .join(" ")}`,
    ]);
  });

  it("unknown-config-key: finds a config that drops unknown keys", async () => {
    expect(await failures(stepThat(() => {}, z.object({})))).toEqual([
      "unknown-config-key: An unknown config key is accepted: use z.strictObject.",
    ]);
  });

  it("outputs: finds an output that is not written", async () => {
    expect(await failures(stepThat(({ outputs }) => rmSync(outputs.copy.path)))).toEqual([
      expect.stringMatching(/^outputs: Output "copy" was not written/),
    ]);
  });

  it("same-bytes: finds a result that depends on chance", async () => {
    expect(await failures(stepThat(({ outputs }) => outputs.copy.write(String(Math.random()))))).toEqual([
      expect.stringMatching(
        /^same-bytes: Output "copy" differs between two runs with one seed, on different days and cores: take chance from `seeds`/,
      ),
    ]);
  });

  it.each<[what: string, tell: (context: Context) => string]>([
    ["the year", () => String(new Date().getFullYear())],
    ["the minute", () => String(Math.floor(Date.now() / 60_000))],
    ["the day of the week", () => Date().slice(0, 3)],
    ["the cores that it is granted", ({ resources }) => String(resources.cpu)],
  ])("same-bytes: finds a result that depends on %s", async (_what, tell) => {
    const { Date: real } = globalThis;
    const failed = await failures(stepThat((context) => context.outputs.copy.write(tell(context))));
    expect(failed).toEqual([
      expect.stringMatching(/^same-bytes: Output "copy" differs .*, on different days and cores: /),
    ]);
    expect(Date).toBe(real);
  });

  it("same-bytes: lets a step make dates that are not today's", async () => {
    const made = () => {
      const date = new Date(Date.UTC(2026, 0, 1));
      return JSON.stringify([date, date instanceof Date, new Date("2026-01-02"), new Date(date).getTime()]);
    };
    expect(await failures(stepThat(({ outputs }) => outputs.copy.write(made())))).toEqual([]);
  });

  it("same-bytes: lets a step differ that reads the outside world and is never reused", async () => {
    const reads = (version?: () => Promise<string | null>) =>
      defineStep({
        summary: "Look.",
        config: empty,
        outputs: { seen: file("text/plain") },
        reads: "external",
        ...(version && { version }),
        run: ({ outputs }) => outputs.seen.write(String(Math.random())),
      });
    const failed = (checks: Awaited<ReturnType<typeof checkStep>>) => checks.filter(({ ok }) => !ok);
    expect(failed(await checkStep(reads()))).toEqual([]);
    expect(failed(await checkStep(reads(async () => null)))).toEqual([]);
    expect(failed(await checkStep(reads(async () => "1"))).map(({ check }) => check)).toEqual(["same-bytes"]);
  });

  it.each<[version: () => Promise<string | null>, words: string | RegExp]>([
    [async () => "2026-11-26", "It tells the same text twice."],
    [async () => null, "It says that it can't tell, and so runs every time."],
    [async () => String(Math.random()), /^`version` gives "0\.\d+", and then "0\.\d+": let it change only with what/],
    // @ts-expect-error: a version is a text.
    [async () => 7, /^`version` gives a value of type number: let it be a text, or null where it can't be told\.$/],
    [() => Promise.reject(new Error("It can't be reached.")), /^It can't be reached\.$/],
  ])("version: looks at what it tells: %#", async (version, words) => {
    const step = defineStep({ summary: "Look.", config: empty, reads: "external", version, run: async () => {} });
    const checks = await checkStep(step);
    expect(checks.find(({ check }) => check === "version")).toEqual({
      check: "version",
      ok: typeof words === "string",
      detail: typeof words === "string" ? words : expect.stringMatching(words),
    });
    expect(checks).toHaveLength(10);
  });

  it("version: gives it no services that belong to an attempt", async () => {
    const services = { clock: Clock, run: Processes, facts: Metadata };
    const seen: unknown[] = [];
    const version = async (context: { readonly services: object }) => {
      seen.push(Object.keys(context.services));
      return "1";
    };
    const step = defineStep({
      summary: "Look.",
      config: empty,
      services,
      reads: "external",
      version,
      run: async () => {},
    });
    expect((await checkStep(step)).filter(({ ok }) => !ok)).toEqual([]);
    expect(seen).toEqual([["clock"], ["clock"]]);
  });

  it("surroundings: finds what is written beside inputs, and to the environment", async () => {
    const step = stepThat(({ inputs }) => {
      writeFileSync(`${inputs.text.path}.index`, "");
      process.env.LEFT_BY_STEP = "1";
    });
    expect(await failures(step)).toEqual([
      'surroundings: "../inputs/text.index" was written, outside of the staging directory: write to outputs only. ' +
        "The environment variable LEFT_BY_STEP was written, outside of the staging directory: write to outputs only.",
    ]);
    delete process.env.LEFT_BY_STEP;
  });

  it("surroundings: finds leftovers, writes outside and changed inputs", async () => {
    const step = stepThat(({ inputs }) => {
      writeFileSync("scratch.txt", "");
      writeFileSync("../outside.txt", "");
      writeFileSync(inputs.text.path, "changed");
    });
    expect(await failures(step)).toEqual([
      expect.stringMatching(
        /^surroundings: "\.\.\/outside\.txt" was written.* An input was changed: .*text\. "scratch\.txt" is left/,
      ),
    ]);
  });

  it("surroundings: finds what is written farther away", async () => {
    const step = stepThat(() => {
      for (const path of ["../../far.txt", "../../../farther.txt", `${tmpdir()}/kept.txt`]) writeFileSync(path, "");
    });
    const [failure = ""] = await failures(step);
    for (const place of ['"../../far.txt"', '"../../../farther.txt"', '"kept.txt" in TMPDIR']) {
      expect(failure).toContain(`${place} was written, outside of the staging directory`);
    }
  });

  it("lets a step use TMPDIR, and puts it back", async () => {
    const before = process.env.TMPDIR;
    const step = stepThat(() => {
      const scratch = mkdtempSync(`${tmpdir()}/scratch-`);
      rmSync(scratch, { recursive: true });
    });
    expect(await failures(step)).toEqual([]);
    expect(process.env.TMPDIR).toBe(before);
  });

  it("open-handles: finds a timer and a file that stay open", async () => {
    const left: { timers: readonly NodeJS.Timeout[]; descriptor: number }[] = [];
    const step = stepThat(({ outputs }) => {
      // More than one: a timer of the test runner may end meanwhile.
      const timers = Array.from({ length: 5 }, () => setInterval(() => {}, 1e6));
      left.push({ timers, descriptor: openSync(outputs.copy.path, "r") });
    });
    expect(await failures(step)).toEqual([
      expect.stringMatching(
        /^open-handles: A resource of kind Timeout stays open: close it .* The file .*copy\.txt stays open: close it/,
      ),
    ]);
    for (const { timers, descriptor } of left) {
      for (const timer of timers) clearInterval(timer);
      closeSync(descriptor);
    }
  });

  it("open-handles: finds a thread that nobody waits for, and none that was there before", async () => {
    const left: Worker[] = [];
    const start = () => new Worker("setInterval(() => {}, 1e6)", { eval: true });
    const one = stepThat(() => {
      left[0] ??= start();
      left[0].unref();
    });
    expect(await failures(one)).toEqual([]);
    const each = stepThat(() => {
      left.push(start());
      left.at(-1)?.unref();
    });
    expect(await failures(each)).toEqual(["open-handles: A thread lives on: end it before `run` returns."]);
    for (const thread of left) await thread.terminate();
  });

  it.runIf(process.platform === "linux")("open-handles: finds a file elsewhere that stays open", async () => {
    const left: number[] = [];
    const step = stepThat(() => void left.push(openSync(process.execPath, "r")));
    expect(await failures(step)).toEqual([
      `open-handles: The file ${process.execPath} stays open: close it before \`run\` returns.`,
    ]);
    for (const descriptor of left) closeSync(descriptor);
  });

  it.runIf(process.platform === "linux")("open-handles: finds a child process that nobody waits for", async () => {
    const left: ChildProcess[] = [];
    const step = stepThat(() => {
      const child = spawn("sleep", ["1000"], { stdio: "ignore", detached: true });
      child.unref();
      left.push(child);
    });
    expect(await failures(step)).toEqual([
      expect.stringMatching(/^open-handles: The child process \d+ \(\w+\) lives on: wait for it/),
    ]);
    for (const child of left) child.kill("SIGKILL");
  });

  it("progress: finds reports that make no sense, and such as go back", async () => {
    const step = stepThat(({ progress, signal }) => {
      progress(2, 3);
      signal.throwIfAborted();
      progress(1, 3);
      progress(4, 3);
    });
    expect(await failures(step)).toEqual([
      "progress: progress(4, 3) makes no sense: report 0 ≤ done ≤ total. progress(1, 3) goes back: report what is done in all.",
    ]);
  });

  it("retry: begins again from the checkpoint that was saved last", async () => {
    const loaded: (number | undefined)[] = [];
    const counts = stepThat(async ({ checkpoint, outputs }) => {
      const start = (await checkpoint.load())?.[0];
      loaded.push(start);
      for (let at = start ?? 0; at < 3; at += 1) await checkpoint.save(new Uint8Array([at + 1]));
      await outputs.copy.write("3");
    });
    expect(await failures(counts)).toEqual([]);
    // Two runs, one that is cut off, the one after it, and one that is aborted.
    expect(loaded).toEqual([undefined, undefined, undefined, 1, undefined]);
  });

  it("retry: finds a step that comes to another result from a checkpoint", async () => {
    const step = stepThat(async ({ checkpoint, outputs }) => {
      const from = (await checkpoint.load())?.[0] ?? 0;
      for (let at = from; at < 3; at += 1) await checkpoint.save(new Uint8Array([at + 1]));
      await outputs.copy.write(`began at ${from}`);
    });
    expect(await failures(step)).toEqual([
      'retry: Output "copy" differs after a crash at its first checkpoint from that of an undisturbed run.',
    ]);
  });

  it("retry: finds a step that a former attempt keeps from running", async () => {
    const locked = new Set<string>();
    const step = stepThat(({ progress, signal }) => {
      if (signal.aborted) return;
      if (locked.has("it")) throw new Error("It is locked.");
      locked.add("it");
      progress(0, 1);
      locked.delete("it");
    });
    expect(await failures(step)).toEqual([
      "retry: After a crash at its first report of progress a second attempt fails: It is locked.",
    ]);
  });

  it("abort: finds a step that waits for ever", async () => {
    const step = stepThat(async ({ progress, signal }) => {
      progress(0, 2);
      if (signal.aborted) await new Promise(() => {});
    });
    expect(await failures(step, () => turn())).toEqual([
      "abort: An aborted run does not settle: pass `signal` on to all that waits.",
    ]);
  });

  it("abort: finds a step that computes on until the grace period is over", async () => {
    const grace = () => pause(20);
    const step = stepThat(({ progress, signal }) => {
      progress(0, 2);
      // Not a moment in which anything else could run.
      for (const start = performance.now(); signal.aborted && performance.now() - start < 60; );
    });
    expect(await failures(step, grace)).toEqual([
      "abort: An aborted run does not settle: pass `signal` on to all that waits.",
    ]);
  });

  it("abort: finds a step that goes on to its end", async () => {
    const step = stepThat(({ progress }) => {
      for (let part = 0; part <= 5; part += 1) progress(part, 5);
    });
    expect(await failures(step)).toEqual([
      expect.stringMatching(/^abort: An aborted run reported progress 5 times more/),
    ]);
  });

  it("abort: starts a step that reports no progress with an aborted signal", async () => {
    const step = stepThat(async ({ signal }) => {
      if (signal.aborted) await new Promise(() => {});
    });
    expect(await failures(step, () => turn())).toEqual([
      expect.stringMatching(/^abort: An aborted run does not settle/),
    ]);
  });

  it("puts the working directory back after a run that never settles", async () => {
    const before = process.cwd();
    const step = stepThat(async ({ signal }) => {
      if (signal.aborted) await new Promise(() => {});
    });
    await failures(step, () => turn());
    expect(process.cwd()).toBe(before);
  });
});

describe("describeConformance", () => {
  it("resolves for a good step, and names every failure of a bad one", async () => {
    await expect(
      describeConformance(
        stepThat(() => {}),
        example,
      ),
    ).resolves.toBeUndefined();
    const bad = stepThat(() => writeFileSync("scratch.txt", ""), z.object({}));
    const error: unknown = await describeConformance(bad, example).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).errors).toHaveLength(2);
    expect((error as AggregateError).message).toContain('surroundings: "scratch.txt" is left in the staging directory');
  });
});
