import { describe, expect, it } from "vitest";
import { brokenPlugin, makeProject, textPlugin } from "../fixtures/made-project.ts";
import { call } from "../fixtures/recorded-invocation.ts";
import * as doctor from "./plugins-doctor.ts";

interface Told {
  readonly subject: string;
  readonly state: string;
  readonly detail: string;
  readonly hint: string;
}

async function told(files: Readonly<Record<string, string | object>>) {
  const cwd = makeProject(files);
  const { status, stdout, stderr } = await call(doctor, cwd, [], { json: true });
  return { cwd, status, stderr, checks: JSON.parse(stdout).checks as readonly Told[] };
}

const latin = { "text/alphabet": { latin: "./latin.js" } };

/** The fixture plugin with changes of its block. */
function textWith(block: object, more: object = {}) {
  const manifest = textPlugin["node_modules/plugin-text/package.json"];
  return {
    ...textPlugin,
    "node_modules/plugin-text/package.json": {
      ...manifest,
      ...more,
      orchestrate: { ...manifest.orchestrate, ...block },
    },
  };
}

/** Passes on what the real one has. */
const ownSdk = {
  "node_modules/plugin-text/node_modules/@orchestrate/sdk/package.json": {
    name: "@orchestrate/sdk",
    version: "0.0.1",
    type: "module",
    exports: "./index.js",
  },
  "node_modules/plugin-text/node_modules/@orchestrate/sdk/index.js":
    'export * from "../../../../@orchestrate/sdk/dist/index.js";',
};

describe("plugins doctor", () => {
  it("tells what is on, what is needed, and plainly that it is not enforced", async () => {
    const { status, checks } = await told({ "plugins.json": { plugins: ["plugin-text"] }, ...textPlugin });
    expect(status).toBe(0);
    expect(checks).toEqual([
      { subject: "plugin-text", state: "ok", detail: "1.2.3, 2 contracts read", hint: "" },
      {
        subject: "needs",
        state: "ok",
        detail:
          "plugin-text: network. Needs are what plugins say of themselves: the engine shows and asks, and does not keep a plugin from more.",
        hint: "",
      },
    ]);
  });

  it("tells each plugin that can't be used in one line, and goes on", async () => {
    const { status, checks, stderr } = await told({
      "plugins.json": { plugins: ["plugin-absent", "plugin-broken", "plugin-text"] },
      ...textPlugin,
      ...brokenPlugin,
    });
    expect(status).toBe(2);
    expect(checks.map(({ subject, state }) => [subject, state])).toEqual([
      ["plugin", "broken"],
      ["plugin-broken", "broken"],
      ["plugin-text", "ok"],
      ["needs", "ok"],
    ]);
    expect(JSON.parse(stderr)).toMatchObject({ error: "doctor-found-faults" });
  });

  it.each<readonly [string, Readonly<Record<string, string | object>>, string, string]>([
    [
      "a service that nobody provides",
      textWith({ services: {} }),
      'text/count asks for the service "text/alphabet", which no plugin that is on provides.',
      "Add a plugin that provides it, or leave the step alone.",
    ],
    [
      "a command that the engine hides",
      textWith({ services: latin, commands: { run: "./count.js" } }),
      'Its command "run" can\'t be reached: the engine has one of that name.',
      "Tell its author.",
    ],
    [
      "a copy of the sdk of its own",
      { ...textPlugin, ...ownSdk },
      "It uses a copy of @orchestrate/sdk of its own, CWD/node_modules/plugin-text/node_modules/@orchestrate/sdk.",
      "Its author should make the sdk a peer dependency; types of the two do not mix.",
    ],
    [
      "a plugin whose integrity is not pinned",
      {
        ...textPlugin,
        "package-lock.json": { packages: { "node_modules/plugin-text": { version: "1.2.3", integrity: "sha512-aa" } } },
      },
      "plugins.json does not pin its integrity.",
      "Run `orchestrate plugins add plugin-text`.",
    ],
    [
      "a pin that nothing vouches for",
      { ...textPlugin, "plugins.json": { plugins: [{ name: "plugin-text", integrity: "sha512-aa" }] } },
      "plugins.json pins its integrity, but it comes from unknown, for which no lockfile of npm vouches.",
      "Install it by npm, or take `integrity` out.",
    ],
  ])("warns of %s", async (_what, files, detail, hint) => {
    const { cwd, status, checks } = await told({ "plugins.json": { plugins: ["plugin-text"] }, ...files });
    expect(status).toBe(0);
    expect(checks.filter(({ state }) => state === "warning")).toEqual([
      { subject: "plugin-text", state: "warning", detail: detail.replace("CWD", cwd), hint },
    ]);
  });

  it("warns of a plugin that is installed and not on, with and without a plugins.json", async () => {
    const files = { "package.json": { dependencies: { "plugin-text": "1.2.3" } }, ...textPlugin };
    for (const more of [undefined, { "plugins.json": { plugins: [] } }]) {
      const { checks } = await told({ ...files, ...more });
      expect(checks).toContainEqual({
        subject: "plugin-text",
        state: "warning",
        detail: "It is installed, and not on: nothing of it is ever loaded.",
        hint: "Switch it on: `orchestrate plugins add plugin-text`.",
      });
    }
  });
});
