import { spawnSync } from "node:child_process";

/** The first Python here that has a package. @throws Error where there is none. */
export function pythonWith(name: string): string {
  const found = ["python3", "/usr/bin/python3"].find(
    (python) => spawnSync(python, ["-c", `import ${name}`]).status === 0,
  );
  if (found === undefined) throw new Error(`no python3 here has ${name}`);
  return found;
}
