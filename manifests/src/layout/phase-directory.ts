import { join } from "node:path";
import { ManifestError } from "../manifest-error.ts";

/**
 * Where a phase instance lives: `phases/<phase>`, or `phases/<phase>/<key>` where the phase is fanned out.
 *
 * @throws ManifestError `name-unsafe` (input) for a name that can't be one directory, or a key that the layout needs
 * itself.
 */
export function phaseDirectory(runDir: string, phase: string, key: string | null): string {
  const directory = join(runDir, "phases", safeName("phase", phase));
  if (key === null) return directory;
  if (isReservedName(key)) throw unsafe("key", key, "the run directory uses that name itself");
  return join(directory, safeName("key", key));
}

/** Names that stand inside a phase's directory, and so can't be keys. */
export function isReservedName(name: string): boolean {
  return /^(artifacts|manifest\.json|log\.ndjson|(attempt|discarded)-\d.*)$/.test(name);
}

function safeName(role: "phase" | "key", name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (name === "" || name === "." || name === ".." || /[/\\\u0000-\u001f\u007f]/.test(name) || !name.isWellFormed()) {
    throw unsafe(role, name, "it can't be the name of one directory");
  }
  // Most file systems take 255 bytes; UTF-8 has at most three bytes for a UTF-16 unit.
  if (name.length > 85 && Buffer.byteLength(name) > 255) throw unsafe(role, name, "it is longer than 255 bytes");
  return name;
}

function unsafe(role: "phase" | "key", name: string, why: string): ManifestError {
  return new ManifestError({
    error: "name-unsafe",
    category: "input",
    detail: `The ${role} ${JSON.stringify(name)} can't be used: ${why}.`,
    hint:
      role === "key"
        ? "Give the fan-out a `key` expression with another value, or leave it out."
        : "Choose another name for the phase.",
  });
}
