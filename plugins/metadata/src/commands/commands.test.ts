import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EmbeddedGateway } from "../embedded/embedded-gateway.ts";
import { surroundings, volume } from "../fixtures/gateway-rig.ts";
import { metadataError } from "../metadata-error.ts";
import { Outbox } from "../outbox/outbox.ts";
import { outboxFile } from "../outbox/outbox-file.ts";
import lineage from "./lineage.ts";
import metadata from "./metadata.ts";

let directory: string;
let printed: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "orchestrate-commands-"));
  printed = [];
  vi.spyOn(console, "log").mockImplementation((text: string) => void printed.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

function call(command: typeof metadata, args: readonly string[], options: Readonly<Record<string, unknown>> = {}) {
  return command.definition.run({ args, cwd: directory, runsDirectory: join(directory, "runs"), options });
}

const DIGEST = `sha256:${"ab".repeat(32)}`;
const OTHER = `sha256:ababab${"cd".repeat(29)}`;
const artifact = (subject: string, run: string, reused: string | null) =>
  volume(1, {
    key: `${run}/load:made:rows`,
    kind: "artifact",
    subject,
    payload: {
      run,
      pipeline: "shop",
      phase: "load",
      key: null,
      output: "rows",
      kind: "text/csv",
      form: "file",
      size: 1,
      path: "phases/load/artifacts/rows.csv",
      step: { name: "rig/load", plugin: "rig", version: "1.0.0" },
      reused,
    },
  });

async function emit(...records: readonly ReturnType<typeof volume>[]): Promise<void> {
  const gateway = new EmbeddedGateway(join(directory, "runs/.metadata.sqlite"), surroundings());
  await gateway.emitMany(records);
  await gateway.close();
}

describe("orchestrate metadata", () => {
  it.each([
    [[], 'metadata has no command ""; it has query, status, deliver, rebuild, prune, serve.'],
    [["toString"], 'metadata has no command "toString"; it has query, status, deliver, rebuild, prune, serve.'],
    [["query", "--limit", "few"], '--limit is "few", which is no whole number above 0.'],
    [["query", "--where", "rows"], '--where "rows" is not of the form field=value.'],
    [["prune", "--all"], "Unknown option '--all'"],
    [["serve", "--port", "http"], '--port is "http", which is no port.'],
  ])("%j is refused", async (args, detail) => {
    await expect(call(metadata, args)).rejects.toMatchObject({
      code: "metadata-usage",
      category: "input",
      detail: expect.stringContaining(detail),
      hint: "orchestrate metadata --help and orchestrate lineage --help say what they take.",
    });
  });

  it.each([
    [{ gateway: { use: "oracle" } }, /gateway/],
    [{ gatewy: {} }, /gatewy/],
    [
      { gateway: { use: "postgresql", url: "postgresql://me:secret@db/x" } },
      /gateway\.url: must be postgresql:\/\/user@host\/database, without a password/,
    ],
    [
      { gateway: { use: "postgresql", url: "postgresql://me@db/x?ssl=true&password=secret" } },
      /gateway\.url: must not have a password; passwordFrom names the variable that holds it/,
    ],
    [{ gateway: { use: "remote", url: "ftp://x" } }, /gateway\.url/],
    [
      { gateway: { use: "remote", url: "https://me:secret@x" } },
      /gateway\.url: must have no user, password, \? or #; tokenFrom names the variable that holds a token/,
    ],
  ])("says what is wrong with its options: %j", async (options, words) => {
    await expect(call(metadata, ["status"], options)).rejects.toMatchObject({
      code: "metadata-options-invalid",
      category: "input",
      detail: expect.stringMatching(words),
    });
  });

  it("says what is wrong with the schema of a kind", async () => {
    const kinds = { trip: { schema: { type: "journey" } } };
    await expect(call(metadata, ["query"], { kinds })).rejects.toMatchObject({
      code: "metadata-kind-invalid",
      detail: expect.stringMatching(/^The kind "trip" has a schema that can't be used: /),
    });
  });

  it("asks for the variables that hold secrets", async () => {
    const gateway = { use: "remote", url: "http://127.0.0.1:1", tokenFrom: "NO_SUCH_TOKEN" };
    await expect(call(metadata, ["query"], { gateway })).rejects.toMatchObject({
      code: "metadata-secret-unset",
      category: "input",
      detail: "The metadata gateway needs NO_SUCH_TOKEN, which is not given.",
    });
    await expect(call(metadata, ["serve", "--token-from", "NO_SUCH_TOKEN"])).rejects.toMatchObject({
      code: "metadata-secret-unset",
      detail: "--token-from names NO_SUCH_TOKEN, which is not set.",
    });
  });

  it.each(["0.0.0.0", "::", "example.org", "127.0.0.1.example.org"])("serves on %s only with a token", async (host) => {
    await expect(call(metadata, ["serve", "--host", host])).rejects.toMatchObject({
      code: "metadata-token-needed",
      category: "policy",
      detail: `${host} can be reached from other machines, and no token is set.`,
    });
  });

  it("serves no service", async () => {
    const gateway = { use: "remote", url: "http://127.0.0.1:1" };
    await expect(call(metadata, ["serve"], { gateway })).rejects.toThrow(
      "The gateway of plugins.json is a service already.",
    );
  });

  it("says what it takes, whole and one by one", async () => {
    expect(await call(metadata, ["--help"])).toBe(0);
    expect(printed.map((line) => line.split(" ")[2])).toEqual([
      "query",
      "status",
      "deliver",
      "rebuild",
      "prune",
      "serve",
    ]);
    printed.length = 0;
    await call(metadata, ["rebuild", "--help"]);
    await call(lineage, ["--help"]);
    expect(printed).toEqual([
      "orchestrate metadata rebuild [--json] [--runs-dir DIRECTORY]",
      "orchestrate lineage ARTIFACT [--depth N] [--json] [--runs-dir DIRECTORY]",
    ]);
  });

  it("tells a person, and no program, that there is nothing and what may be done", async () => {
    expect(await call(metadata, ["query", "--kind", "run"])).toBe(0);
    expect(printed).toEqual([
      "There is no such record. `orchestrate metadata rebuild` tells the gateway of runs that were not followed.",
    ]);
    printed.length = 0;
    expect(await call(metadata, ["query", "--kind", "run", "--json"])).toBe(0);
    expect(printed).toEqual([]);
  });

  it("asks by field and time, page by page", async () => {
    await emit(...[1, 2, 3].map((number) => volume(number, { payload: { rows: number, by: "2" } })));
    expect(await call(metadata, ["query", "--where", "rows=2", "--json"])).toBe(0);
    expect(printed.map((line) => JSON.parse(line))).toEqual([volume(2, { payload: { rows: 2, by: "2" } })]);
    printed.length = 0;
    await call(metadata, ["query", "--limit", "2", "--kind", "ingestion_volume", "--from", volume(1).time]);
    expect(printed.length).toBe(3);
    const [, after = ""] = /^There are more: --after (.+)$/.exec(printed[2]!) ?? [];
    printed.length = 0;
    await call(metadata, ["query", "--after", after]);
    expect(printed).toEqual([`${volume(1).time}  ingestion_volume  shop/orders  {"rows":1,"by":"2"}`]);
  });

  it.each<[readonly string[], readonly number[]]>([
    [["by=2"], []],
    [['by="2"'], [2]],
    [["by=007"], [3]],
    [["by=True"], [4]],
    [["by=null"], [5]],
    [["by=a=b"], [6]],
    [["rows=1", "rows=3", "by=007"], [3]],
    [
      ["rows=1", "rows=3"],
      [3, 1],
    ],
  ])("looks for %j", async (where, found) => {
    const values = ["1", "2", "007", "True", null, "a=b"];
    await emit(...values.map((by, index) => volume(index + 1, { payload: { rows: index + 1, by } })));
    await call(metadata, ["query", "--json", ...where.flatMap((each) => ["--where", each])]);
    expect(printed.map((line) => JSON.parse(line).payload.rows)).toEqual(found);
  });

  it("tells what was refused and set aside", async () => {
    const outbox = new Outbox(outboxFile(join(directory, "runs")));
    outbox.put([volume(1, { kind: "nonsense" }), volume(2)]);
    outbox.close();
    await call(metadata, ["deliver"]);
    await call(metadata, ["status"]);
    expect(printed).toEqual([
      "1 record delivered; 1 refused and set aside.",
      "gateway   embedded, .metadata.sqlite",
      "outbox    0 waiting, 1 refused and set aside",
      'refused   volume-1: The gateway knows no kind "nonsense".',
    ]);
    printed.length = 0;
    const kinds = { nonsense: {} };
    await call(metadata, ["deliver", "--refused"], { kinds });
    await call(metadata, ["status", "--json"], { kinds });
    expect(printed[0]).toBe("1 record delivered.");
    expect(JSON.parse(printed[1]!)).toMatchObject({ waiting: 0, rejected: [] });
  });

  it("removes what is older than its kind is kept", async () => {
    const { time: _, ...rest } = volume(1);
    await emit({ ...rest, time: new Date(Date.now() - 1_000).toISOString() });
    await call(metadata, ["prune"]);
    expect(printed).toEqual(["0 records removed."]);
  });

  it("rebuilds from what can be read, and names what can't", async () => {
    const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
    mkdirSync(join(directory, "runs/broken"), { recursive: true });
    writeFileSync(join(directory, "runs/broken/run.json"), "{");
    expect(await call(metadata, ["rebuild"])).toBe(3);
    expect(printed).toEqual(["1 run: 0 records stored, 0 known already."]);
    expect(complaints.mock.calls.flat()).toEqual([expect.stringMatching(/^not readable: .*runs\/broken\/run\.json/)]);
  });
});

describe("orchestrate lineage", () => {
  it.each([
    [[], "lineage takes one artifact: phase.output, run/phase.output, a digest or a path."],
    [["a.b", "c.d"], "lineage takes one artifact: phase.output, run/phase.output, a digest or a path."],
    [["a.b", "--depth", "0"], '--depth is "0", which is no whole number above 0.'],
  ])("%j is refused", async (args, detail) => {
    await expect(call(lineage, args)).rejects.toMatchObject({ code: "metadata-usage", detail });
  });

  it.each([
    [
      "load.nothing",
      'The gateway knows no artifact "load.nothing", and there is no file of that name.',
      "Name it as phase.output, run/phase.output, by its digest, or by a path; `orchestrate metadata rebuild` tells the gateway of runs that were not followed.",
    ],
    [
      "abcdef12",
      "The gateway knows no artifact whose digest begins with abcdef12.",
      "`orchestrate show --json` has the digests of a run.",
    ],
  ])("says that nobody told of %s", async (wanted, detail, hint) => {
    await expect(call(lineage, [wanted])).rejects.toMatchObject({ code: "metadata-artifact-unknown", detail, hint });
  });

  it("takes the first digits of a digest only where they are one's", async () => {
    await emit(artifact(DIGEST, "r1", null), artifact(OTHER, "r2", null));
    await expect(call(lineage, ["abababab"])).resolves.toBe(0);
    await expect(call(lineage, ["sha256:ababab…"])).rejects.toMatchObject({
      code: "metadata-digest-ambiguous",
      category: "input",
      detail: "2 digests begin with ababab.",
      hint: expect.stringMatching(/^Write more of it, as ababab(?:ab|cd)/),
    });
  });

  it("names the run that made an artifact, and counts those that took it over", async () => {
    await emit(artifact(DIGEST, "r2", "r1"), artifact(DIGEST, "r1", null), artifact(DIGEST, "r3", "r1"));
    await call(lineage, [DIGEST]);
    expect(printed).toEqual([
      [
        `${DIGEST}  text/csv`,
        "made by",
        `  r1/load.rows  rig/load 1.0.0, ${volume(1).time}, held by 2 more runs`,
        "used by nothing",
      ].join("\n"),
    ]);
  });

  it("takes a whole digest for one, whoever told of it", async () => {
    await call(lineage, [DIGEST]);
    expect(printed).toEqual([`${DIGEST}  from outside, or from a run that the gateway does not know\nused by nothing`]);
  });

  it("says of what was never told of that it is from outside", async () => {
    writeFileSync(join(directory, "notes.txt"), "notes");
    await call(lineage, ["notes.txt"]);
    expect(printed[0]).toMatch(
      /^sha256:[0-9a-f]{64} {2}from outside, or from a run that the gateway does not know\nused by nothing$/,
    );
  });
});

it("errors of the gateway keep their cause", () => {
  const cause = new Error("disk");
  expect(metadataError("metadata-unreachable", "It is away.", "Wait.", { cause }).cause).toBe(cause);
});
