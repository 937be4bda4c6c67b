import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const directory = fileURLToPath(new URL(".", import.meta.url));
const scripts = readdirSync(directory).filter((name) => name.endsWith(".ts") && !/record-program|test/.test(name));

it.each(scripts)("%s still works", (name) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [directory + name, "--quick"], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^ {2}\S/m);
});
