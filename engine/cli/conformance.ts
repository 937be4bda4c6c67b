import { fileURLToPath } from "node:url";
import { serveSuite } from "../io/conformance/serve-suite.ts";
import { followEngine } from "../io/worker/follow-engine.ts";

/** The pipe that whoever started this process holds open while it lives; see suite-process.ts. */
const STARTER_PIPE = 4;

followEngine(STARTER_PIPE);
serveSuite(fileURLToPath(import.meta.url));
