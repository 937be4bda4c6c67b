import { fileURLToPath } from "node:url";
import { serveSuite } from "../io/conformance/serve-suite.ts";
import { followEngine } from "../io/worker/follow-engine.ts";

followEngine();
serveSuite(fileURLToPath(import.meta.url));
