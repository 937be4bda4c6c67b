import { StepError } from "@orchestrate/sdk";

/** A row that is not as it must be. Line and column count from 1; the column counts characters. */
export function invalidWorkload(path: string, line: number, column: number, what: string): StepError {
  return new StepError({
    error: "workload-invalid",
    category: "input",
    detail: `${path}:${line}:${column}: ${what}.`,
    hint: "A workload is CSV in UTF-8 with the header op,key,value; put has a key and a value, get and del have a key only.",
  });
}

/** A workload that exceeds what `limits` allows. */
export function workloadTooLarge(path: string, what: string, limit: string): StepError {
  return new StepError({
    error: "workload-too-large",
    category: "input",
    detail: `${path} ${what}.`,
    hint: `Split it, or raise \`limits.${limit}\` (0 allows any).`,
  });
}

/** A workload in which there is nothing to measure. */
export function emptyWorkload(): StepError {
  return new StepError({
    error: "workload-empty",
    category: "input",
    detail: "The workload has a header and no rows: there is nothing to measure.",
    hint: "Give it at least one put, get or del.",
  });
}
