/** What the steps that read a workload run beside their modules: compiled code. */
export const codeFiles = ["dist/rows.wasm", "dist/map.wasm"];
