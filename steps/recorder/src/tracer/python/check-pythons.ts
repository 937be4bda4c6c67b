import type { Finding } from "@orchestrate/sdk";
import { findPythons } from "./find-pythons.ts";

/** Which Pythons of a search path programs can be recorded with, and how each would be traced. */
export function checkPythons(searchPath: string): Finding {
  const pythons = findPythons(searchPath);
  const told = pythons.map(
    ({ path, version, way }) => `${version} (${path}) ${way === undefined ? "too old" : `by ${way}`}`,
  );
  if (pythons.some(({ way }) => way !== undefined)) return { state: "ok", detail: told.join(", "), hint: "" };
  return {
    state: "warning",
    detail: `${["none that can record", ...told].join(": ")}; recorder/record can record Node programs only.`,
    hint: "Install Python 3.8 or newer.",
  };
}
