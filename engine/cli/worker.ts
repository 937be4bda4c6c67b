import "reflect-metadata";
import module from "node:module";
import { followEngine } from "../io/worker/follow-engine.ts";
import { serveOrders } from "../io/worker/serve-orders.ts";
import { workerServices } from "./containers/worker-services.ts";

/** The pipe that the engine holds open while it lives; see WorkerProcess. */
const ENGINE_PIPE = 4;

module.enableCompileCache();
serveOrders(workerServices());
followEngine(ENGINE_PIPE);
// Every plugin imports it, and a worker that has just started waits: where the plugin's own lies elsewhere, nothing is lost.
import(import.meta.resolve("@orchestrate/sdk")).catch(() => {});
