import { Worker } from "node:worker_threads";

/**
 * Kills this process group as soon as the engine is gone, which shows as the end of a pipe it holds. A thread of its
 * own watches, because a step may block the main one for hours.
 */
export function followEngine(descriptor: number): void {
  const source = `
    const { Socket } = require("node:net");
    const pipe = new Socket({ fd: ${descriptor}, readable: true, writable: false });
    const end = () => { try { process.kill(-${process.pid}, "SIGKILL"); } finally { process.kill(${process.pid}, "SIGKILL"); } };
    pipe.on("end", end).on("error", end).resume();
  `;
  new Worker(source, { eval: true, stdin: false, env: {} }).unref();
}
