import { execFileSync } from "node:child_process";
import type { TestProject } from "vitest/node";
import { workerDatabase } from "./worker-database.ts";

/** Makes an empty database for each worker, where the tests are given a server; see `.ci/postgresql`. */
export default function makeDatabases({ config }: TestProject): void {
  const server = process.env.ORCHESTRATE_TEST_POSTGRES;
  if (server === undefined) return;
  for (let worker = 1; worker <= config.maxWorkers; worker += 1) {
    const { name } = workerDatabase(server, worker);
    const statements = [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, `CREATE DATABASE ${name}`];
    execFileSync("psql", [server, "--quiet", ...statements.flatMap((statement) => ["-c", statement])], {
      // What was not there to drop is no news.
      env: { ...process.env, PGOPTIONS: "-c client_min_messages=warning" },
    });
  }
}
