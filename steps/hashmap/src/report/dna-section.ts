import type { WorkloadDna } from "../dna/workload-dna.ts";
import { counted, percent } from "../quantities.ts";
import type { ReportSection } from "./report-section.ts";

/** What the workload is like. */
export function dnaSection(dna: WorkloadDna): ReportSection {
  const { put, get, del } = dna.op_mix;
  const { p50, p80, p95 } = dna.coverage_targets;
  return {
    heading: "Workload",
    sentences: [
      `${counted(dna.total_rows, "row")}: ${percent(get)} gets, ${percent(put)} puts, ${percent(del)} deletes, over ${counted(dna.unique_keys_estimated, "key")}.`,
      `The keys' entropy is ${dna.key_entropy_bits.toFixed(1)} bits, ${percent(dna.key_entropy_normalised)} of the most there could be. ` +
        `Half of all rows fall on ${counted(p50, "key")}, 80 % on ${p80}, 95 % on ${p95}.`,
      ...(dna.keys_exact ? [] : ["There were too many keys to count them all: what is said of them are estimates."]),
    ],
    table: [
      ["hot key", "rows", "share"],
      ...dna.hot_keys.map(({ key, count, share }) => [key, `${count}`, percent(share)]),
    ],
  };
}
