/**
 * For crash tests: where `wanted` names a point, as `commit:artifacts-renamed:train` or `journal:progress:train#3` (the
 * third time), this process is killed by SIGKILL when it gets there. CONTRIBUTING.md lists the points.
 */
export function killPoints(wanted: string | undefined): (point: string) => void {
  if (wanted === undefined || wanted === "") return () => {};
  const [name, times = "1"] = wanted.split("#");
  let left = Number(times);
  return (point) => {
    if (point === name && --left === 0) process.kill(process.pid, "SIGKILL");
  };
}
