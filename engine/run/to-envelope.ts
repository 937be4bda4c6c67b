import { ioWords, ManifestError } from "@orchestrate/manifests";
import { type ErrorEnvelope, OrchestrateError } from "@orchestrate/sdk";

/** What a person is told of whatever was thrown. */
export function toEnvelope(error: unknown): ErrorEnvelope {
  if (error instanceof OrchestrateError || error instanceof ManifestError) return error.toEnvelope();
  const system = error as NodeJS.ErrnoException;
  if (error instanceof Error && system.code !== undefined && system.syscall !== undefined) {
    const { code, hint } = ioWords(system.code);
    return { error: code, category: "io", detail: `${system.message}.`, hint };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { error: "internal", category: "failed", detail, hint: "This is a fault of the engine; please report it." };
}
