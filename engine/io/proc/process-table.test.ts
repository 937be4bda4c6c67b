import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { processesOfAttempt } from "./process-table.ts";

it("processes are found by the whole name of their attempt, or by a beginning that ends in a slash", async () => {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume(); console.log('here')"], {
    env: { ORCHESTRATE_ATTEMPT: `${process.pid}/train/10` },
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  expect(processesOfAttempt(`${process.pid}/train/10`)).toEqual([child.pid]);
  expect(processesOfAttempt(`${process.pid}/`)).toEqual([child.pid]);
  expect(processesOfAttempt(`${process.pid}/train/1`)).toEqual([]);
  child.stdin.end();
  await once(child, "exit");
});
