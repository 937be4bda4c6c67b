import { file } from "@orchestrate/sdk";

/** A CSV of operations: header `op,key,value`, then `put`, `get` or `del` a row. */
export const workloadArtifact = file("hashmap/workload", "workload.csv");
