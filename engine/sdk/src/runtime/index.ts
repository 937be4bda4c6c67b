/**
 * What the engine's worker and the fake context share: handles, seeds, child processes and masks. Not for authors of
 * steps.
 */

export { askCheck } from "./ask-check.ts";
export type { CarriedFile } from "./carried-file.ts";
export { deriveSeed } from "./derive-seed.ts";
export { drained } from "./drained.ts";
export { fieldsText } from "./fields-text.ts";
export type { BoundInput, InputDeclaration, Located } from "./input-handle.ts";
export { gatheredHandle, inputHandle } from "./input-handle.ts";
export { issueText } from "./issue-text.ts";
export { type LineReader, lineReader } from "./line-reader.ts";
export { maskSecrets } from "./mask-secrets.ts";
export type { BoundOutput, OutputDeclaration, OutputPlace, OutputWriter } from "./output-handle.ts";
export { outputHandle } from "./output-handle.ts";
export type { ProcessesOptions } from "./processes.ts";
export { createProcesses } from "./processes.ts";
export { codeStrings, projectFiles } from "./project-files.ts";
export { requireMetric } from "./require-metric.ts";
export { stepMetadata } from "./step-metadata.ts";
