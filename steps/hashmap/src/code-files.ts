/** What the steps that read a workload run beside their modules: the compiled kernels. */
export const codeFiles = ["dist/kernels.wasm"];
