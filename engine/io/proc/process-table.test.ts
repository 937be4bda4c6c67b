import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { lastProcessId, processesOf } from "./process-table.ts";

it("processes are found by the whole name of their attempt, or by a beginning that ends in a slash", async () => {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume(); console.log('here')"], {
    env: { ORCHESTRATE_ATTEMPT: `${process.pid}/train/10` },
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  expect(processesOf({ attempt: `${process.pid}/train/10` })).toEqual([child.pid]);
  expect(processesOf({ attempt: `${process.pid}/` })).toEqual([child.pid]);
  expect(processesOf({ attempt: `${process.pid}/train/1` })).toEqual([]);
  child.stdin.end();
  await once(child, "exit");
});

it.skipIf(process.platform !== "linux")("only those that began since are looked at", async () => {
  const before = lastProcessId();
  const attempt = `${process.pid}/train/11`;
  const child = spawn(process.execPath, ["-e", "process.stdin.resume(); console.log('here')"], {
    env: { ORCHESTRATE_ATTEMPT: attempt },
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  expect(processesOf({ attempt, since: before })).toEqual([child.pid]);
  expect(processesOf({ attempt, since: lastProcessId() })).toEqual([]);
  child.stdin.end();
  await once(child, "exit");
});
