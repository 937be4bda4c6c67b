import { duration, memory } from "../quantities.ts";
import type { BackendMeasurement, ProfileReport } from "./profile-report.ts";

/** Backends within this factor of the fastest count as equally fast. */
const NEAR = 1.05;

/**
 * The fastest backend by its median; of those that are about as fast, the one that takes least memory. Where times of
 * others overlap with it, that is said. `measured` must not be empty.
 */
export function recommend(measured: readonly BackendMeasurement[]): ProfileReport["recommendation"] {
  const least = Math.min(...measured.map(({ ns_per_op }) => ns_per_op.median));
  const fast = measured.filter(({ ns_per_op }) => ns_per_op.median <= least * NEAR);
  const chosen = fast.reduce((best, each) => (each.memory_bytes < best.memory_bytes ? each : best));
  const time = `${duration(chosen.ns_per_op.median)} an operation`;
  const rivals = fast.filter((each) => each !== chosen).map(({ backend }) => backend);
  const because =
    rivals.length === 0
      ? `It is the fastest, at ${time}.`
      : `At ${time} it is as fast as ${rivals.join(" and ")} within 5 %, and takes the least memory, ${memory(chosen.memory_bytes)}.`;
  const close = measured.filter((each) => !fast.includes(each) && each.ns_per_op.least <= chosen.ns_per_op.most);
  if (close.length === 0) return { backend: chosen.backend, because };
  const names = close.map(({ backend }) => backend).join(" and ");
  return {
    backend: chosen.backend,
    because: `${because} In some rounds ${names} came as near: more rounds tell better.`,
  };
}
