import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { Project } from "./rig/project.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const scratch = scratchDirectory();
const BIN = fileURLToPath(new URL("../engine/bin/orchestrate.js", import.meta.url));

/**
 * Gives a program a terminal of its own, answers the question when it is asked, and passes on what was shown and how it
 * ended.
 */
const AT_TERMINAL = `
import os, pty, sys
answer, *argv = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.execv(argv[0], argv)
shown, asked = b"", False
try:
    while piece := os.read(terminal, 4096):
        shown += piece
        if b"[y/N]" in shown and not asked:
            asked = True
            os.write(terminal, answer.encode() + b"\\n")
except OSError:
    pass
sys.stdout.write(shown.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;

function addAtTerminal(project: Project, answer: string): Promise<{ readonly status: number; readonly shown: string }> {
  const words = ["-c", AT_TERMINAL, answer, process.execPath, BIN, "plugins", "add", "./needy"];
  return new Promise((resolve) => {
    execFile("python3", words, { cwd: project.directory }, (error, stdout) => {
      resolve({ status: error === null ? 0 : Number(error.code), shown: stdout });
    });
  });
}

it.each([
  ["y", 0, [{ name: "needy", version: "^1.0.0", needs: ["network", "env:TOKEN"] }]],
  ["n", 4, undefined],
])("plugins add asks on a terminal before it allows what a plugin needs: %s", async (answer, status, plugins) => {
  const project = new Project(scratch, { plugins: [] });
  const orchestrate = { api: 1, steps: {}, needs: ["network", "env:TOKEN"] };
  project.write("package.json", JSON.stringify({ private: true }));
  project.write("package-lock.json", JSON.stringify({ lockfileVersion: 3, packages: {} }));
  project.write("needy/package.json", JSON.stringify({ name: "needy", version: "1.0.0", orchestrate }));
  const ended = await addAtTerminal(project, answer);
  expect(ended.shown).toContain("needy says what it needs:");
  expect(ended.shown).toContain("network: it reaches the network.");
  expect(ended.shown).toContain("env:TOKEN: it reads the environment variable TOKEN.");
  expect(ended.shown).toContain("does not keep a plugin from more.");
  expect(ended.status).toBe(status);
  const written = JSON.parse(readFileSync(project.path("plugins.json"), "utf8")).plugins;
  expect(written).toEqual(plugins ?? []);
  expect(existsSync(project.path("node_modules/needy"))).toBe(true);
});
