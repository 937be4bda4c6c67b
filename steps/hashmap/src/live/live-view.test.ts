import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { FakeClock, fakeContext, runStep } from "@orchestrate/sdk/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Tick } from "../replay/tick.ts";
import replay from "../replay.ts";
import { generateRows } from "../workload/generate-rows.ts";
import { PLAIN } from "../workload/workload-shape.ts";
import { liveView } from "./live-view.ts";
import { serveOptions } from "./serve-options.ts";
import { viewOf } from "./view-of.ts";

const TOKEN = "0123456789abcdef";
const directory = mkdtempSync(join(tmpdir(), "hashmap-view-"));
const file = join(directory, "metrics.ndjson");
const workload = { text: [...generateRows({ ...PLAIN, ops: 5000 }, 3)].join("") };
const services = { timer: { now: () => performance.now() } };

beforeAll(async () => {
  using result = await runStep(replay, { config: { tickEvery: 1024 }, inputs: { workload }, services });
  writeFileSync(file, result.outputs.metrics.text());
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Of a file that is whole. */
function unwarned(message: string): never {
  throw new Error(message);
}

async function refused(act: () => Promise<unknown> | unknown): Promise<StepError> {
  try {
    await act();
  } catch (error) {
    if (error instanceof StepError) return error;
    throw error;
  }
  return expect.unreachable("it was not refused");
}

describe("the view", () => {
  it("without a token is shown at this machine's own names alone", async () => {
    await using view = await viewOf(file, undefined, unwarned);
    const at = (host: string) => view.app.inject({ url: "/api/metrics", headers: { host } });
    for (const host of ["localhost:9600", "127.0.0.1:9600", "[::1]"])
      expect((await at(host)).statusCode, host).toBe(200);
    const answer = await at("evil.example:9600");
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toEqual({ error: 'Without a token only this machine is answered, not as "evil.example".' });
    expect((await view.app.inject({ url: "/healthz", headers: { host: "evil.example" } })).statusCode).toBe(200);
  });

  it("is healthy at once, and ready from the first tick on", async () => {
    await using view = await liveView(undefined);
    expect((await view.app.inject("/healthz")).json()).toEqual({ status: "ok" });
    for (const path of ["/readyz", "/metrics", "/api/metrics", "/api/events"]) {
      expect((await view.app.inject(path)).statusCode).toBe(503);
    }
    await using finished = await viewOf(file, undefined, unwarned);
    for (const path of ["/readyz", "/metrics", "/api/metrics", "/api/events", "/api/metrics/history"]) {
      const reply = await finished.app.inject(path);
      expect(reply.statusCode).toBe(200);
      expect(reply.headers["cache-control"]).toBe("no-store");
    }
  });

  it("asks for its token in the header, and takes it from nowhere else", async () => {
    await using view = await viewOf(file, TOKEN, unwarned);
    const status = async (url: string, authorization?: string) =>
      (await view.app.inject({ url, headers: authorization === undefined ? {} : { authorization } })).statusCode;
    expect(await status("/healthz")).toBe(200);
    expect(await status("/metrics")).toBe(401);
    expect(await status(`/metrics?token=${TOKEN}`)).toBe(401);
    expect(await status("/api/metrics/heatmap", "Bearer wrong-wrong-wrong")).toBe(401);
    expect(await status("/metrics", `Bearer ${TOKEN}`)).toBe(200);
  });

  it("answers only so many requests a minute", async () => {
    await using view = await liveView(undefined);
    const codes: number[] = [];
    for (let request = 0; request < 605; request++) codes.push((await view.app.inject("/healthz")).statusCode);
    expect(codes.slice(0, 600).every((code) => code === 200)).toBe(true);
    expect(codes.at(-1)).toBe(429);
  });

  it("keeps a bounded number of ticks and events, the newest", async () => {
    await using view = await viewOf(file, undefined, unwarned);
    const tick = view.history.latest!;
    for (let t = 0; t < 1000; t++) view.history.add({ ...tick, t, events: [{ type: "idle", t }] });
    const history = (await view.app.inject("/api/metrics/history?limit=9999")).json() as Tick[];
    expect(history.map(({ t }) => t)).toEqual(Array.from({ length: 360 }, (_, at) => 640 + at));
    expect((await view.app.inject("/api/metrics/history?limit=2")).json()).toHaveLength(2);
    expect((await view.app.inject("/api/metrics/history?limit=none")).json()).toHaveLength(360);
    const { events } = (await view.app.inject("/api/events?limit=9999")).json();
    expect(events).toHaveLength(512);
    expect(events.at(-1).t).toBe(999);
  });

  it("listens on a free port of this machine, and is gone when it is closed", async () => {
    const view = await viewOf(file, undefined, unwarned);
    const address = await view.listen("127.0.0.1", 0);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    await view[Symbol.asyncDispose]();
    await expect(fetch(`${address}/readyz`)).rejects.toThrow();
  });

  it("says so where its port is taken", async () => {
    await using first = await viewOf(file, undefined, unwarned);
    const port = Number(new URL(await first.listen("127.0.0.1", 0)).port);
    await using second = await liveView(undefined);
    const error = await refused(() => second.listen("127.0.0.1", port));
    expect(error).toMatchObject({
      code: "view-cannot-listen",
      category: "io",
      hint: "Give it another port, or a free one: `metricsPort: auto` in a replay, `--port 0` of hashmap-view.",
    });
    expect(error.detail).toBe(
      `The view can't listen on 127.0.0.1, port ${port}: listen EADDRINUSE: address already in use 127.0.0.1:${port}.`,
    );
  });

  it("does not listen where others can reach it without a token, nor with a short one", async () => {
    await using open = await liveView(undefined);
    expect(await refused(() => open.listen("0.0.0.0", 0))).toMatchObject({
      code: "view-token-missing",
      category: "policy",
      detail: "The view would listen on 0.0.0.0, where other machines can reach it, without a token.",
      hint: "Give a bearer token as the secret HASHMAP_METRICS_TOKEN, or let it listen on 127.0.0.1.",
    });
    await using short = await liveView("secret");
    const error = await refused(() => short.listen("0.0.0.0", 0));
    expect(error).toMatchObject({ code: "view-token-short", category: "policy" });
    expect(error.detail).toBe("The token in HASHMAP_METRICS_TOKEN has 6 characters; at least 16 are asked for.");
  });
});

describe("the view of a replay", () => {
  it("shows the newest tick while it runs, by the secret of its phase, and is gone afterwards", async () => {
    const seen: number[] = [];
    let address = "";
    const clock = new FakeClock();
    // A replay that is ahead of its time sleeps after every batch, and is looked at meanwhile.
    clock.sleep = async () => {
      const reply = await fetch(address, { headers: { authorization: `Bearer ${TOKEN}` } });
      expect(reply.status).toBe(200);
      seen.push(((await reply.json()) as Tick).ops);
    };
    const log = (message: string) => {
      address = /http:\S+/.exec(message)?.[0] ?? address;
    };
    const fake = fakeContext(replay, {
      config: { metricsPort: "auto", opsPerSecond: 1, idleAfter: 1e9, tickEvery: 1024 },
      inputs: { workload },
      secrets: { HASHMAP_METRICS_TOKEN: TOKEN },
      services: { timer: { now: () => 0 }, clock },
      directory: join(directory, "live"),
    });
    const before = process.cwd();
    process.chdir(fake.staging);
    await replay.definition.run({ ...fake.context, log: { ...fake.context.log, info: log } });
    process.chdir(before);
    expect(seen).toEqual([1024, 2048, 3072, 4096, 4096]);
    await expect(fetch(address)).rejects.toThrow();
  });

  it("is refused before anything is replayed", async () => {
    using result = await runStep(replay, {
      config: { metricsPort: "auto", metricsHost: "0.0.0.0" },
      inputs: { workload },
      services,
    });
    expect(result.error).toMatchObject({ code: "view-token-missing" });
    expect(result.outputs.summary).toBeUndefined();
  });
});

describe("hashmap-view", () => {
  it("reads its command line", () => {
    expect(serveOptions(["--help"], "/runs")).toBeUndefined();
    expect(serveOptions(["m.ndjson", "--port", "9600"], "/runs")).toEqual({
      file: "/runs/m.ndjson",
      host: "127.0.0.1",
      port: 9600,
    });
  });

  it.each([
    [[], "One metrics.ndjson is to be named."],
    [["a", "b"], "One metrics.ndjson is to be named."],
    [["a", "--port", "many"], '"many" is no port.'],
    [["a", "--port="], '"" is no port.'],
    [["a", "--port", "65536"], '"65536" is no port.'],
    [["a", "--port", "0x50"], '"0x50" is no port.'],
    [["a", "--token", "x"], /Unknown option '--token'/],
  ])("refuses %j", async (args, detail) => {
    const error = await refused(() => serveOptions(args, "/"));
    expect(error).toMatchObject({
      code: "view-usage",
      hint: "Use it as: orchestrate hashmap-view FILE [--port N] [--host HOST]",
    });
    expect(error.detail).toMatch(detail);
  });

  it("refuses a file that is not there, or holds something else, by its line", async () => {
    const hint = "Name the metrics.ndjson that hashmap/replay wrote.";
    const missing = await refused(() => viewOf(join(directory, "none"), undefined, unwarned));
    expect(missing).toMatchObject({ code: "view-file-unreadable", category: "io", hint });
    expect(missing.detail).toMatch(/none can't be read: ENOENT: no such file or directory/);
    const other = join(directory, "other.ndjson");
    writeFileSync(other, '{"schema":"metrics.v2"}\n');
    const error = await refused(() => viewOf(other, undefined, unwarned));
    expect(error).toMatchObject({ code: "view-file-invalid", category: "input", hint });
    expect(error.detail).toMatch(/other\.ndjson:1 is no tick of metrics\.v1: .*schema/s);
  });

  it("leaves a last line out that was cut off, and says so, but no other", async () => {
    const text = readFileSync(file, "utf8");
    const ticks = text.trimEnd().split("\n").length;
    const cut = join(directory, "cut.ndjson");
    const start = text.lastIndexOf("\n", text.length - 2) + 1;
    for (const end of [start + 1, (start + text.length) >> 1, text.length - 2]) {
      writeFileSync(cut, text.slice(0, end));
      const warnings: string[] = [];
      await using view = await viewOf(cut, undefined, (message) => warnings.push(message));
      expect(view.history.ticks(360)).toHaveLength(ticks - 1);
      expect(warnings).toEqual([`${cut}:${ticks} is cut off, and left out.`]);
    }
    writeFileSync(cut, `${text.slice(0, start - 2)}\n${text.slice(start)}`);
    const error = await refused(() => viewOf(cut, undefined, unwarned));
    expect(error).toMatchObject({ code: "view-file-invalid", detail: `${cut}:${ticks - 1} is no JSON.` });
  });

  it("refuses a file without a whole tick, and a directory", async () => {
    const empty = join(directory, "empty.ndjson");
    for (const text of ["", "\n", '{"schema":']) {
      writeFileSync(empty, text);
      const error = await refused(() => viewOf(empty, undefined, () => {}));
      expect(error).toMatchObject({ code: "view-file-invalid", detail: `${empty} holds no tick of metrics.v1.` });
    }
    expect(await refused(() => viewOf(directory, undefined, unwarned))).toMatchObject({
      code: "view-file-unreadable",
      detail: `${directory} can't be read: EISDIR: illegal operation on a directory, read.`,
    });
  });
});
