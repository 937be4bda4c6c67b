import "reflect-metadata";
import module from "node:module";
import { followEngine } from "../io/worker/follow-engine.ts";
import { serveOrders } from "../io/worker/serve-orders.ts";
import { workerServices } from "./containers/worker-services.ts";

module.enableCompileCache();
serveOrders(workerServices());
followEngine();
// Every plugin imports it, and a worker that has just started waits: where the plugin's own lies elsewhere, nothing is
// lost.
import(import.meta.resolve("@orchestrate/sdk")).catch(() => {});
