import { machineCapacity } from "../../io/outside/machine-capacity.ts";
import { formatBytes } from "../../io/terminal/format-bytes.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import { broken, type Check, ok, warning } from "./check.ts";

/** The engine's own Node. @param version as `process.versions.node` */
export function checkNode(version: string): Check {
  const major = Number(version.split(".")[0]);
  if (major >= NEEDED_NODE) return ok("node", `${version}`);
  return broken(
    "node",
    `This is Node ${version}; the engine needs ${NEEDED_NODE}.`,
    `Run: npm install node@${NEEDED_NODE}`,
  );
}

const NEEDED_NODE = 24;

/** What attempts can have at once. */
export function checkCapacity(): Check {
  const { cpu, memory, gpu } = machineCapacity(null);
  const told = [formatCount(cpu, "core"), `${formatBytes(memory * 2 ** 20)} of memory`];
  return ok("capacity", [...told, ...(gpu > 0 ? [formatCount(gpu, "GPU")] : [])].join(", "));
}

/** @param free bytes that this user may still write */
export function checkDisk(free: number, place: string): Check {
  const told = `${formatBytes(free)} free at ${place}`;
  if (free >= LITTLE) return ok("disk", told);
  return warning("disk", `Only ${told}.`, "Free some space, or keep runs on another disk with --runs-dir.");
}

const LITTLE = 2 ** 30;
