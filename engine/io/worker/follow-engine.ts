import { Worker } from "node:worker_threads";
import { ENGINE_PIPE } from "./engine-pipe.ts";

/**
 * Kills this process group once the engine is gone, which shows as the end of its pipe: at once, or after so many
 * milliseconds. A thread of its own watches, because a plugin may block the main one for hours.
 */
export function followEngine(graceMs = 0): void {
  const source = `
    const { Socket } = require("node:net");
    const pipe = new Socket({ fd: ${ENGINE_PIPE}, readable: true, writable: false });
    const kill = () => { try { process.kill(-${process.pid}, "SIGKILL"); } finally { process.kill(${process.pid}, "SIGKILL"); } };
    const end = () => ${graceMs === 0 ? "kill()" : `setTimeout(kill, ${graceMs})`};
    pipe.on("end", end).on("error", end).resume();
  `;
  new Worker(source, { eval: true, stdin: false, env: {} }).unref();
}
