import { serveFollower } from "../io/followers/serve-follower.ts";
import { followEngine } from "../io/worker/follow-engine.ts";

/** How long a follower may go on once the engine has let go of it, in milliseconds. */
const GRACE = 30_000;

serveFollower();
followEngine(GRACE);
