/** What the steps run beside their modules: the compiled kernels, and what threads start with. */
export const codeFiles = ["dist/kernels.wasm", "dist/threads/search-thread.js", "dist/threads/survey-thread.js"];
