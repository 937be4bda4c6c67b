import { appendFileSync } from "node:fs";

/**
 * For crash tests. ORCHESTRATE_TEST_KILL_AT names a point, as `commit:artifacts-renamed:train` or
 * `journal:progress:train#3` (the third time): this process is killed by SIGKILL when it gets there.
 * ORCHESTRATE_TEST_POINTS names a file, to which every point is appended as it is passed. CONTRIBUTING.md lists the
 * points.
 */
export function killPoints(environment: Readonly<Record<string, string | undefined>>): (point: string) => void {
  const { ORCHESTRATE_TEST_KILL_AT: wanted = "", ORCHESTRATE_TEST_POINTS: passed = "" } = environment;
  if (wanted === "" && passed === "") return () => {};
  const [name, times = "1"] = wanted.split("#");
  let left = Number(times);
  return (point) => {
    if (passed !== "") appendFileSync(passed, `${point}\n`);
    if (point === name && --left === 0) process.kill(process.pid, "SIGKILL");
  };
}
