import { existsSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { expect, it } from "vitest";
import { RequestDirectory } from "./request-directory.ts";

it("it lies where the attempt works; a file that is taken is gone, and so is the directory once it is disposed of", () => {
  const directory = new RequestDirectory();
  expect(dirname(directory.path)).toBe(process.cwd());
  directory.write("checkpoint-1.safetensors", Uint8Array.of(1, 2));
  directory.write("trained.safetensors", Uint8Array.of(3));
  expect(directory.take("checkpoint-1.safetensors")).toEqual(Uint8Array.of(1, 2));
  expect(readdirSync(directory.path)).toEqual(["trained.safetensors"]);
  directory[Symbol.dispose]();
  expect(existsSync(directory.path)).toBe(false);
});
