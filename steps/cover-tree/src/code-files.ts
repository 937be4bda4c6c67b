/** What the steps run beside their modules: the compiled kernels, and what a thread starts with. */
export const codeFiles = ["dist/kernels.wasm", "dist/threads/search-thread.js"];
