import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fakeContext } from "@orchestrate/sdk/testing";
import { tracers } from "../../steps/recorder/src/fixtures/tracers.ts";
import step from "../../steps/recorder/src/record.ts";

export const programs = fileURLToPath(new URL("programs", import.meta.url));

export interface Measured {
  /** Of the whole phase: the program's start and end included, with the trace on disk. */
  readonly seconds: number;
  readonly steps: number;
  readonly calls: number;
  readonly values: number;
  readonly bytes: number;
  /** What the program wrote. */
  readonly output: string;
}

/** Records one of the programs here, to disk. */
export async function recordProgram(config: {
  readonly program: string;
  readonly args: readonly string[];
  readonly values?: "changed" | "none";
  readonly python?: string;
  readonly filters?: readonly string[];
}): Promise<Measured> {
  const fake = fakeContext(step, {
    project: programs,
    services: tracers,
    config: { ...config, args: [...config.args], filters: [...(config.filters ?? [])] },
  });
  const directory = process.cwd();
  process.chdir(fake.staging);
  try {
    const begin = performance.now();
    await step.definition.run(fake.context);
    const seconds = (performance.now() - begin) / 1000;
    const { steps = 0, calls = 0, values = 0 } = fake.recording.metrics;
    const output = fake.recording.log.map(({ message }) => message).join("\n");
    return { seconds, steps, calls, values, bytes: statSync(join("trace", "trace.json")).size, output };
  } finally {
    process.chdir(directory);
    fake.dispose();
  }
}
