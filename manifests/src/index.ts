export { Digest } from "./schema/digest.ts";
export { ErrorRecord, JournalEvent } from "./schema/journal-event.ts";
export { InputRecord, OutputRecord, PhaseManifest } from "./schema/phase-manifest.ts";
export { RunDocument } from "./schema/run-document.ts";
export { RunManifest } from "./schema/run-manifest.ts";
