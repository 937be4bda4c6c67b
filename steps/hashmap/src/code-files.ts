/** What the steps that read a workload, or make a map, run beside their modules: compiled code. */
export const codeFiles = ["dist/rows.wasm", "dist/map.wasm"];
