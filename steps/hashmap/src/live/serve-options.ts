import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { StepError } from "@orchestrate/sdk";

/** What the command line of `hashmap-view` says. */
export interface ServeOptions {
  readonly file: string;
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
}

export const VIEW_USAGE = "orchestrate hashmap-view FILE [--port N] [--host HOST]";

/** Undefined where help is asked for. @throws StepError `view-usage`. */
export function serveOptions(args: readonly string[], cwd: string): ServeOptions | undefined {
  const usage = (detail: string) =>
    new StepError({
      error: "view-usage",
      category: "input",
      detail,
      hint: `Use it as: ${VIEW_USAGE}`,
    });
  const options = {
    help: { type: "boolean", default: false },
    port: { type: "string", default: "0" },
    host: { type: "string", default: "127.0.0.1" },
  } as const;
  const parse = () => {
    try {
      return parseArgs({ args: [...args], options, allowPositionals: true });
    } catch (error) {
      throw usage(error instanceof Error ? error.message : String(error));
    }
  };
  const { values, positionals } = parse();
  if (values.help) return undefined;
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw usage("One metrics.ndjson is to be named.");
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) throw usage(`"${values.port}" is no port.`);
  return { file: resolve(cwd, file), host: values.host, port };
}
