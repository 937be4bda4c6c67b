import { serveFollower } from "../io/followers/serve-follower.ts";
import { followEngine } from "../io/worker/follow-engine.ts";

/** The pipe that the engine holds open while it follows the run; see FollowerProcess. */
const ENGINE_PIPE = 4;

/** How long a follower may go on once the engine has let go of it, in milliseconds. */
const GRACE = 30_000;

serveFollower();
followEngine(ENGINE_PIPE, GRACE);
