import { closeSync, existsSync, openSync, writeSync } from "node:fs";
import type { z } from "zod";
import type { ArtifactMode } from "../artifact.ts";
import { jsonText } from "./json-text.ts";

/** Appends rows through a buffer; `finish` writes out the rest and closes the file. */
export interface NdjsonWriter {
  append(row: unknown): Promise<void>;
  finish(): void;
}

/**
 * Writes an NDJSON file. A required one without rows becomes an empty file at `finish`; an optional one stays absent.
 * The file is opened to append, so that rows which a child process wrote to it are kept.
 */
export function ndjsonOutput(
  name: string,
  schema: z.ZodType | undefined,
  path: string,
  mode: ArtifactMode,
): NdjsonWriter {
  let descriptor: number | undefined;
  let buffer = "";
  let rows = 0;

  const flush = () => {
    descriptor ??= openSync(path, "a");
    writeAll(descriptor, Buffer.from(buffer));
    buffer = "";
  };

  return {
    async append(row) {
      rows += 1;
      buffer += `${jsonText(`Row ${rows} of output "${name}"`, schema, row)}\n`;
      if (buffer.length >= FLUSH_AT) flush();
    },
    finish() {
      if (buffer !== "" || (mode !== "optional" && !existsSync(path))) flush();
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

/** UTF-16 code units: large enough that the calls don't count, small enough to keep memory flat. */
const FLUSH_AT = 1 << 18;

function writeAll(descriptor: number, data: Buffer): void {
  for (let written = 0; written < data.length; ) written += writeSync(descriptor, data, written);
}
