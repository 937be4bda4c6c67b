import { existsSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { RequestDirectory } from "./request-directory.ts";

it("a file that is taken is gone, and so is the directory once it is disposed of", () => {
  const directory = new RequestDirectory();
  directory.write("checkpoint-1.safetensors", Uint8Array.of(1, 2));
  directory.write("trained.safetensors", Uint8Array.of(3));
  expect(directory.take("checkpoint-1.safetensors")).toEqual(Uint8Array.of(1, 2));
  expect(readdirSync(directory.path)).toEqual(["trained.safetensors"]);
  directory[Symbol.dispose]();
  expect(existsSync(directory.path)).toBe(false);
});
