import { workerDatabase } from "./worker-database.ts";

// Every test file begins with this: what it is given as the server is its worker's own database there.
const { ORCHESTRATE_TEST_POSTGRES: server, VITEST_POOL_ID: worker } = process.env;
if (server !== undefined) process.env.ORCHESTRATE_TEST_POSTGRES = workerDatabase(server, Number(worker)).url;
