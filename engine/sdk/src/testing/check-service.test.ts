import { equal } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { defineService, defineToken, type Finding, z } from "../index.ts";
import { checkService } from "./check-service.ts";
import { describeConformance } from "./describe-conformance.ts";
import { defineServiceKit } from "./service-kit.ts";

type Distance = (a: number, b: number) => number;
const Distance = defineToken<Distance>("test/distance");
const options = z.strictObject({ scale: z.number().default(1) });

const kit = defineServiceKit(Distance, {
  "is zero for equal points": (distance) => equal(distance(2, 2), 0),
  "is the same both ways": (distance) => equal(distance(1, 3), distance(3, 1)),
});

function provider(create: (scale: number) => Distance, dispose: () => void = () => {}) {
  return defineService({
    token: Distance,
    summary: "Measures.",
    options,
    create: ({ options: { scale } }) => create(scale),
    dispose,
  });
}

const good = provider((scale) => (a, b) => Math.abs(a - b) * scale);

async function failures(service: ReturnType<typeof provider>) {
  const checks = await checkService(service, { kit });
  return checks.filter(({ ok }) => !ok).map(({ check, detail }) => `${check}: ${detail}`);
}

describe("checkService", () => {
  it("passes a good provider, and reports every check, those of the kit by the token's name", async () => {
    const checks = await checkService(good, { options: { scale: 2 }, kit });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.map(({ check }) => check)).toEqual([
      "contract",
      "unknown-config-key",
      "create",
      "surroundings",
      "open-handles",
      "test/distance: is zero for equal points",
      "test/distance: is the same both ways",
    ]);
  });

  it("finds what the kit finds, each on a service of its own", async () => {
    const made: number[] = [];
    const lame = provider(() => {
      const calls = made.push(0);
      return (a, b) => a - b + calls * 0;
    });
    expect(await failures(lame)).toEqual([
      expect.stringMatching(/^test\/distance: is the same both ways: Expected values to be strictly equal/),
    ]);
    expect(made).toHaveLength(4);
  });

  it("create: says one thing of one that can't be made, and that its kit was not looked at", async () => {
    const checks = await checkService(
      provider(() => {
        throw new Error("There is no licence.");
      }),
      { kit },
    );
    expect(checks.filter(({ ok }) => !ok)).toEqual([{ check: "create", ok: false, detail: "There is no licence." }]);
    expect(checks.at(-1)?.detail).toBe("Not looked at.");
  });

  it("create: finds one that gives nothing", async () => {
    // @ts-expect-error: plain JavaScript may forget to return it.
    expect(await failures(provider(() => {}))).toEqual(["create: `create` gives undefined: return the service."]);
  });

  it("refuses options that the service does not take, in words", async () => {
    const asking = defineService({
      token: Distance,
      summary: "Measures.",
      options: z.strictObject({ scale: z.number() }),
      create: () => (a, b) => Math.abs(a - b),
    });
    await expect(checkService(asking)).rejects.toThrow(
      "The options are refused: scale: expected number, received undefined. Give the example `options` that the service takes.",
    );
  });

  it("create: finds one that can't be made a second time", async () => {
    const made: number[] = [];
    const once = provider(() => {
      if (made.push(0) === 2) throw new Error("It is there already.");
      return () => 0;
    });
    expect(await failures(once)).toEqual(["create: It is there already."]);
  });

  it("open-handles and surroundings: finds what is left when it is disposed of", async () => {
    const timers: NodeJS.Timeout[] = [];
    const leaky = provider(() => {
      // More than one: a timer of the test runner may end meanwhile.
      timers.push(...Array.from({ length: 5 }, () => setInterval(() => {}, 1e6)));
      writeFileSync(`${tmpdir()}/cache.bin`, "");
      return (a, b) => Math.abs(a - b);
    });
    expect(await failures(leaky)).toEqual([
      'surroundings: "cache.bin" in TMPDIR was written: a service leaves no files.',
      "open-handles: A resource of kind Timeout stays open: close it in `dispose`.",
    ]);
    for (const timer of timers) clearInterval(timer);
  });

  it("open-handles and surroundings: finds a thread, and a changed environment", async () => {
    const threads: Worker[] = [];
    const leaky = provider(() => {
      threads.push(new Worker("setInterval(() => {}, 1e6)", { eval: true }));
      process.env.LEFT_BY_SERVICE = "1";
      return (a, b) => Math.abs(a - b);
    });
    expect(await failures(leaky)).toEqual([
      "surroundings: The environment variable LEFT_BY_SERVICE was written: a service leaves no files.",
      expect.stringMatching(/^open-handles: A thread lives on: end it/),
    ]);
    delete process.env.LEFT_BY_SERVICE;
    for (const thread of threads) await thread.terminate();
  });

  it("surroundings: finds what a service writes when it is used", async () => {
    const caching = provider(() => (a, b) => {
      writeFileSync(`${tmpdir()}/cache.bin`, "");
      return Math.abs(a - b);
    });
    expect(await failures(caching)).toEqual([
      'surroundings: "cache.bin" in TMPDIR was written: a service leaves no files.',
    ]);
  });

  it("surroundings: finds what is written to the working directory, which is that of an attempt", async () => {
    const before = process.cwd();
    const writing = provider(() => {
      writeFileSync("cache.bin", "");
      return (a, b) => Math.abs(a - b);
    });
    expect(await failures(writing)).toEqual([
      'surroundings: "cache.bin" in the working directory was written: a service leaves no files.',
    ]);
    expect(process.cwd()).toBe(before);
  });

  it("create: finds one that changes the working directory, and puts it back", async () => {
    const before = process.cwd();
    const moving = provider(() => {
      process.chdir("/");
      return (a, b) => Math.abs(a - b);
    });
    expect(await failures(moving)).toEqual(["create: `create` changes the working directory to /: leave it as it is."]);
    expect(process.cwd()).toBe(before);
  });

  it("create: finds one that logs what is no plain JSON", async () => {
    const logging = defineService({
      token: Distance,
      summary: "Measures.",
      options,
      create: ({ log }) => {
        log.info("made", { at: 1n });
        return (a: number, b: number) => Math.abs(a - b);
      },
    });
    expect(await failures(logging)).toEqual([expect.stringMatching(/^create: .*BigInt/)]);
  });

  it("finds what a kit's check denies without throwing", async () => {
    const asking = defineServiceKit(Distance, {
      // @ts-expect-error: plain JavaScript may answer in place of throwing.
      "is never negative": (distance) => distance(1, 2) >= 0,
    });
    const negative = provider(() => () => -1);
    expect((await checkService(good, { kit: asking })).at(-1)).toMatchObject({ ok: true });
    expect((await checkService(negative, { kit: asking })).at(-1)).toEqual({
      check: "test/distance: is never negative",
      ok: false,
      detail: "It does not: the kit's check gives false.",
    });
  });

  it("check: finds one that gives no finding", async () => {
    const checked = (check: () => Promise<Finding>) =>
      checkService(defineService({ token: Distance, summary: "Measures.", options, create: () => () => 0, check }));
    const found = async (check: () => Promise<Finding>) =>
      (await checked(check)).find((each) => each.check === "check");
    expect(await found(async () => ({ state: "broken", detail: "It is not there.", hint: "Install it." }))).toEqual({
      check: "check",
      ok: true,
      detail: "It tells what it finds of the machine.",
    });
    // @ts-expect-error: plain JavaScript may give anything.
    expect(await found(async () => ({ ok: true }))).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/^`check` of test\/distance gave something else than a finding\./),
    });
  });

  it("refuses the kit of another token", async () => {
    const other = defineServiceKit(defineToken<Distance>("test/other"), {});
    await expect(checkService(good, { kit: other })).rejects.toThrow(
      'The service provides "test/distance", and the kit is for "test/other". Take the kit of the service\'s own token.',
    );
  });
});

describe("describeConformance", () => {
  it("takes services as it takes steps", async () => {
    await expect(describeConformance(good, { kit })).resolves.toBeUndefined();
    const lame = provider(() => () => 1);
    await expect(describeConformance(lame, { kit })).rejects.toThrow(
      /^The service does not conform\.\ntest\/distance: is zero for equal points: /,
    );
  });
});
