import { readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { filesBelow } from "./rig/files-below.ts";
import { Project } from "./rig/project.ts";
import { errorOf } from "./rig/reports.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const PLUGINS = ["orchestrate-plugin-rig", "@orchestrate/metadata"];
const phases = {
  orders: { step: "rig/emit", with: { name: "orders", rows: [3, 4] }, inputs: { before: { path: "notes.txt" } } },
  work: { step: "rig/write", with: { name: "work" }, inputs: { before: "orders.text" } },
};

interface Told {
  readonly key: string;
  readonly kind: string;
  readonly subject: string;
  readonly time: string;
  readonly producer: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

function projectWith(pipeline: object = {}, gateway: object = { use: "embedded" }): Project {
  const project = new Project(scratch, {
    pipeline: { pipeline: "told", phases, follow: { metadata: {} }, ...pipeline },
    files: { "notes.txt": "notes\n" },
    plugins: PLUGINS,
  });
  useGateway(project, gateway);
  return project;
}

function useGateway(project: Project, gateway: object): void {
  const plugins = [PLUGINS[0], { name: PLUGINS[1], options: { gateway } }];
  project.write("plugins.json", JSON.stringify({ plugins }));
}

async function toldOf(project: Project, ...words: readonly string[]): Promise<readonly Told[]> {
  const ended = await project.orchestrate(["metadata", "query", "--json", "--limit", "1000", ...words]);
  expect(ended).toMatchObject({ status: 0, stderr: "" });
  return ended.stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Told]));
}

/** The gateway's records are those that the manifests give to a gateway that knows nothing. */
async function expectRebuilt(project: Project): Promise<readonly Told[]> {
  const told = await toldOf(project);
  for (const name of readdirSync(project.path("runs"))) {
    if (name.startsWith(".metadata")) rmSync(project.path("runs", name));
  }
  expect(await project.orchestrate(["metadata", "rebuild"])).toMatchObject({ status: 0, stderr: "" });
  expect(byKey(await toldOf(project))).toEqual(byKey(told));
  return told;
}

const byKey = (told: readonly Told[]) => Object.fromEntries(told.map((record) => [record.key, record]));
const countsOf = (told: readonly Told[]) =>
  Object.fromEntries([...Map.groupBy(told, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]));

describe("a followed run", () => {
  it("is in the gateway with its phases, artifacts, lineage and what its steps emitted; so it is after a rebuild", async () => {
    const project = projectWith();
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const told = await expectRebuilt(project);
    expect(countsOf(told)).toEqual({ run: 2, phase: 2, artifact: 3, lineage: 2, ingestion_volume: 2 });
    const [run] = project.runs();
    const emitted = told.filter(({ kind }) => kind === "ingestion_volume");
    expect(emitted.map(({ payload }) => payload.rows)).toEqual([4, 3]);
    expect(emitted[0]).toMatchObject({ subject: "shop/orders", producer: `${run}/orders` });
  });

  it("that reuses tells that it did, and nothing twice", async () => {
    const project = projectWith();
    const first = await project.orchestrate(["run", "--phases", "orders"]);
    expect(first.stdout).toContain("orders.text");
    expect(first.stdout).not.toContain("orders.metadata");
    await project.orchestrate(["run"]);
    await project.orchestrate(["run", "--new-run"]);
    await project.orchestrate(["run", "--new-run"]);
    const told = await expectRebuilt(project);
    expect(countsOf(told)).toEqual({ run: 8, phase: 7, artifact: 11, lineage: 7, ingestion_volume: 2 });
    const reused = told.filter(({ kind, payload }) => kind === "phase" && payload.reused !== null);
    expect(reused.length).toBe(5);
  });

  it("whose step emits thousands of records loses none of them", async () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => index);
    const project = projectWith({ phases: { orders: { step: "rig/emit", with: { name: "orders", rows } } } });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const told = await toldOf(project, "--kind", "ingestion_volume", "--limit", "5000");
    expect(told.map(({ payload }) => payload.rows)).toEqual(rows.toReversed());
  });

  it("that fails tells why, and what came of it when it was resumed", async () => {
    const flaky = { flaky: { step: "rig/fail-twice" } };
    const project = projectWith({ phases: flaky });
    expect((await project.orchestrate(["run"])).status).toBe(1);
    expect((await project.orchestrate(["resume"])).status).toBe(1);
    expect((await project.orchestrate(["resume"])).status).toBe(0);
    const told = await expectRebuilt(project);
    expect(told.filter(({ kind }) => kind === "run").map(({ payload }) => payload.status)).toEqual([
      "succeeded",
      "failed",
      "failed",
      "started",
    ]);
    const failures = told.filter(({ kind, payload }) => kind === "phase" && payload.status === "failed");
    expect(failures.map(({ payload }) => payload.error)).toMatchObject([
      { category: "failed" },
      { category: "failed" },
    ]);
  });

  it.each(["commit:artifacts-renamed:work", "journal:phase-committed:work", "journal:run-finished:"])(
    "whose engine is killed at %s is told whole once it is resumed",
    async (point) => {
      const project = projectWith();
      const env = { ORCHESTRATE_TEST_KILL_AT: point };
      expect(await project.orchestrate(["run"], { env })).toMatchObject({ signal: "SIGKILL" });
      expect(await project.orchestrate(["resume"])).toMatchObject({ status: 0, stderr: "" });
      const told = await toldOf(project);
      await project.orchestrate(["metadata", "rebuild"]);
      expect(byKey(await toldOf(project))).toEqual(byKey(told));
      expect(countsOf(told)).toMatchObject({ phase: 2, artifact: 3, ingestion_volume: 2 });
    },
  );
});

describe("a gateway that", () => {
  it("is away costs the run nothing: what was told waits, and is delivered once there is one", async () => {
    const project = projectWith({}, { use: "remote", url: "http://127.0.0.1:1" });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    const asked = await project.orchestrate(["metadata", "query", "--json"]);
    expect(asked.status).toBe(5);
    expect(errorOf(asked)).toMatchObject({ error: "metadata-unreachable" });
    const status = await project.orchestrate(["metadata", "status"]);
    expect(status.stdout).toBe("gateway   remote, http://127.0.0.1:1\noutbox    11 waiting, 0 refused and set aside\n");
    useGateway(project, { use: "embedded" });
    const delivered = await project.orchestrate(["metadata", "deliver"]);
    expect(delivered.stdout).toBe("11 records delivered.\n");
    await expectRebuilt(project);
  });

  it("never answers holds no run up", async () => {
    const { server, url } = await silentServer();
    const project = projectWith({}, { use: "remote", url });
    expect(await project.orchestrate(["run"])).toMatchObject({ status: 0, stderr: "" });
    // It has ended although nothing was answered: only now the connections are given up.
    server.closeAllConnections();
    server.close();
    const status = await project.orchestrate(["metadata", "status", "--json"]);
    expect(JSON.parse(status.stdout)).toMatchObject({ waiting: 11, rejected: [] });
  });

  it("is a service is reached with its token, which is written nowhere", async () => {
    const TOKEN = "hunter2-correct-horse";
    const served = new Project(scratch, { plugins: PLUGINS, pipeline: { pipeline: "served", phases } });
    const words = ["metadata", "serve", "--port", "0", "--token-from", "TOKEN", "--json"];
    const service = served.start(words, { env: { TOKEN } });
    const [, url] = await service.said(/"url":"([^"]+)"/);
    const gateway = { use: "remote", url, tokenFrom: "TOKEN" };
    const project = projectWith({ follow: { metadata: { secrets: ["TOKEN"] } } }, gateway);
    const ran = await project.orchestrate(["run"], { env: { TOKEN } });
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    const asked = await project.orchestrate(["metadata", "query", "--json", "--limit", "100"], { env: { TOKEN } });
    expect(asked.stdout.trim().split("\n").length).toBe(11);
    const refused = await project.orchestrate(["metadata", "query"], { env: { TOKEN: "wrong" } });
    expect(refused).toMatchObject({ status: 4, stderr: expect.stringContaining("The token is not the service's.") });
    service.kill("SIGTERM");
    expect(await service.ended).toMatchObject({ status: 0, stderr: "" });
    for (const place of [project, served]) {
      for (const file of filesBelow(place.path("runs"))) expect(readFileSync(file, "latin1")).not.toContain(TOKEN);
    }
  });
});

it("a command of a plugin tells its own help", async () => {
  const helped = await projectWith().orchestrate(["lineage", "--help"]);
  expect(helped.stdout).toBe("orchestrate lineage ARTIFACT [--depth N] [--json] [--runs-dir DIRECTORY]\n");
});

describe("lineage", () => {
  it("goes across runs and pipelines, upwards and downwards", async () => {
    const published = { ...phases.work, publish: { to: "out/work.txt", output: "text" } };
    const project = projectWith({ phases: { ...phases, work: published } });
    await project.orchestrate(["run"]);
    project.pipeline({
      pipeline: "later",
      follow: { metadata: {} },
      phases: { use: { step: "rig/write", with: { name: "use" }, inputs: { before: { path: "out/work.txt" } } } },
    });
    await project.orchestrate(["run"]);
    const [first, second] = project.runs();
    const up = await project.orchestrate(["lineage", "use.text"]);
    expect(withoutTimes(up.stdout)).toBe(
      [
        "sha256:…  text/plain",
        "made by",
        `  ${second}/use.text  rig/write 1.0.0, …`,
        "    before: sha256:…  out/work.txt",
        `      ${first}/work.text  rig/write 1.0.0, …`,
        "        before: sha256:…",
        `          ${first}/orders.text  rig/emit 1.0.0, …`,
        "            before: sha256:…  notes.txt",
        "used by nothing",
        "",
      ].join("\n"),
    );
    const down = await project.orchestrate(["lineage", "notes.txt", "--json"]);
    const { made, uses } = JSON.parse(down.stdout);
    expect(made).toBeNull();
    expect(uses[0]).toMatchObject({ run: first, phase: "orders", input: "before" });
    expect(JSON.stringify(uses)).toContain(`"run":"${second}","phase":"use"`);
    const digest = up.stdout.slice("sha256:".length, "sha256:".length + 10);
    const byDigits = await project.orchestrate(["lineage", digest]);
    expect(byDigits.stdout).toBe(up.stdout);
  });
});

function withoutTimes(text: string): string {
  return text.replaceAll(/(?<=sha256:)[0-9a-f]+…?/g, "…").replaceAll(/, \d{4}-\S+Z/g, ", …");
}

async function silentServer(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
