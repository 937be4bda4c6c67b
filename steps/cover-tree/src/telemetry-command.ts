import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { defineCommand, StepError } from "@orchestrate/sdk";
import { readRecords } from "./telemetry/read-records.ts";
import { renderFormat, renderRecords } from "./telemetry/render-records.ts";
import { summaryFields } from "./telemetry/summarize-records.ts";

const USAGE = "orchestrate telemetry render FILE --format md|csv|json --show fields";

export default defineCommand({
  summary: "Renders the telemetry of a cover tree: telemetry render FILE --format md|csv|json --show fields.",
  async run({ args, cwd }) {
    const words = parseWords(args);
    if (words === undefined) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    const { file, format, show } = words;
    const records = readRecords(await readText(resolve(cwd, file)), file);
    process.stdout.write(renderRecords(records, renderFormat(format), summaryFields(show)));
    return 0;
  },
});

/** Undefined where help is asked for. */
function parseWords(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", default: false },
        format: { type: "string", default: "md" },
        show: { type: "string" },
      },
    });
    if (values.help) return undefined;
    const [verb, file, ...more] = positionals;
    if (verb === "render" && file !== undefined && more.length === 0) {
      return { file, format: values.format, show: values.show?.split(",") };
    }
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause));
  }
  throw usage("The command takes the word render and one file.");
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new StepError(
      {
        error: "telemetry-unreadable",
        category: "input",
        detail: `${path} can't be read.`,
        hint: `Use it as: ${USAGE}`,
      },
      { cause },
    );
  }
}

function usage(detail: string): StepError {
  return new StepError({ error: "telemetry-usage", category: "input", detail, hint: `Use it as: ${USAGE}` });
}
