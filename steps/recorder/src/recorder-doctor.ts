import { defineCommand } from "@orchestrate/sdk";
import { findPythons } from "./session/find-pythons.ts";

export default defineCommand({
  summary: "Says which Node and which Pythons programs can be recorded with.",
  async run() {
    console.log(`Node    ${process.versions.node}  ${process.execPath}`);
    const pythons = findPythons(process.env.PATH ?? "");
    for (const { path, version, way } of pythons) {
      console.log(`Python  ${version}  ${path}  ${way === undefined ? "too old: 3.8 is needed" : `by ${way}`}`);
    }
    if (pythons.some(({ way }) => way !== undefined)) return 0;
    console.log("Python  none: programs in Python can't be recorded. Install Python 3.8 or newer.");
    return 0;
  },
});
