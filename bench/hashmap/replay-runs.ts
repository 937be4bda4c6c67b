/** One side by itself, in a process that nobody else has used: `node --expose-gc replay-runs.ts NAME PATH RUNS`. */
import { REPLAY_SIDES, type ReplaySideName } from "./replay-sides.ts";

const [name, path, runs] = process.argv.slice(2) as [ReplaySideName, string, string];
const times: number[] = [];
// What loading modules left behind, so that the first replay does not pay for it.
globalThis.gc?.();
while (times.length < Number(runs)) times.push(await REPLAY_SIDES[name](path));
console.log(JSON.stringify(times));
