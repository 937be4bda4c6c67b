import type { BackendMeasurement, ProfileReport } from "./profile-report.ts";

/** Backends within this factor of the fastest count as equally fast. */
const NEAR = 1.05;

/** The fastest backend; of those that are about as fast, the one that takes least memory. `measured` must not be empty. */
export function recommend(measured: readonly BackendMeasurement[]): ProfileReport["recommendation"] {
  const least = Math.min(...measured.map(({ ns_per_op }) => ns_per_op.median));
  const fast = measured.filter(({ ns_per_op }) => ns_per_op.median <= least * NEAR);
  const chosen = fast.reduce((best, each) => (each.memory_bytes < best.memory_bytes ? each : best));
  const time = `${chosen.ns_per_op.median.toFixed(0)} ns an operation`;
  const rivals = fast.filter((each) => each !== chosen).map(({ backend }) => backend);
  const because =
    rivals.length === 0
      ? `It is the fastest, at ${time}.`
      : `At ${time} it is as fast as ${rivals.join(" and ")} within 5 %, and takes the least memory, ${mebibytes(chosen.memory_bytes)} MiB.`;
  return { backend: chosen.backend, because };
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(2);
}
