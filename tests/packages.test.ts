import { execFile } from "node:child_process";
import { globSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = scratchDirectory();
const { workspaces } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { workspaces: string[] };
const packages = workspaces
  .flatMap((workspace) => globSync(`${workspace}/package.json`, { cwd: root }))
  .map((path) => dirname(path));

interface Manifest {
  readonly name: string;
  readonly license: string;
  readonly description: string;
  readonly exports?: unknown;
  readonly bin?: Readonly<Record<string, string>>;
}

describe.concurrent("what npm publishes of", () => {
  it.each(packages)("%s holds all that its package.json promises, and no more", async (directory) => {
    const manifest: Manifest = JSON.parse(readFileSync(join(root, directory, "package.json"), "utf8"));
    const files = await packed(directory);

    expect(manifest).toMatchObject({ license: "Apache-2.0", description: expect.stringMatching(/\.$/) });
    const promised = [...targets(manifest.exports), ...Object.values(manifest.bin ?? {})].map((path) =>
      path.replace(/^\.\//, ""),
    );
    expect(promised.length).toBeGreaterThan(0);
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", ...promised]));
    expect(files.filter((path) => /\.(tsbuildinfo|map|test\.|test-d\.)|(?<!\.d)\.ts$/.test(path))).toEqual(
      files.filter((path) => path.startsWith("dist/templates/")).filter((path) => path.endsWith(".ts")),
    );
    expect(readFileSync(join(root, directory, "LICENSE"), "utf8")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
  });

  it("the engine holds no declarations, and of the sdk no script but those that are imported", async () => {
    expect((await packed("engine")).filter((path) => path.endsWith(".d.ts"))).toEqual([]);
    const scripts = (await packed("engine/sdk")).filter((path) => path.endsWith(".js"));
    expect(scripts.filter((path) => !path.startsWith("dist/bundle/"))).toEqual([]);
  });

  it("every entry has types that compile in a project which checks declarations and knows browsers", async () => {
    const place = scratch.directory();
    symlinkSync(join(root, "node_modules"), join(place, "node_modules"));
    const entries = packages.flatMap((directory) => {
      const { name, exports }: Manifest = JSON.parse(readFileSync(join(root, directory, "package.json"), "utf8"));
      return Object.keys(exports as object).map((entry) => name + entry.slice(1));
    });
    const types = entries.filter((entry) => !entry.endsWith(".json"));
    writeFileSync(join(place, "all.mts"), types.map((entry) => `import type {} from "${entry}";\n`).join(""));

    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const words = [
      tsc,
      "--noEmit",
      "--strict",
      "--exactOptionalPropertyTypes",
      "--module",
      "nodenext",
      "--types",
      "node",
      "all.mts",
    ];
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: place }).catch((error) => error);
    expect(stdout).toBe("");
    expect(types).toContain("@orchestrate/sdk/testing");
  });
});

/** Every file that an entry leads to. */
function targets(entry: unknown): readonly string[] {
  if (typeof entry === "string") return [entry];
  return Object.values((entry as Readonly<Record<string, unknown>> | undefined) ?? {}).flatMap(targets);
}

async function packed(directory: string): Promise<readonly string[]> {
  const words = ["pack", "--dry-run", "--json", "--ignore-scripts", join(root, directory)];
  const { stdout } = await promisify(execFile)("npm", words, { cwd: root, maxBuffer: 2 ** 26 });
  const answer: unknown = JSON.parse(stdout);
  // npm 11 gives a list, npm 12 a record by name.
  const [pack] = Object.values(answer as Readonly<Record<string, { readonly files: readonly { path: string }[] }>>);
  return (pack?.files ?? []).map(({ path }) => path);
}
