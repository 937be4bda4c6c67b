import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The filter of the project that a program belongs to: `.codetracer/trace-filter.toml` beside it, or above it. */
export function projectFilter(program: string): string | undefined {
  for (let directory = dirname(program); ; directory = dirname(directory)) {
    const path = join(directory, ".codetracer", "trace-filter.toml");
    if (existsSync(path)) return path;
    if (directory === dirname(directory)) return undefined;
  }
}
