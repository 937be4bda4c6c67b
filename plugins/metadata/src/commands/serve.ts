import { once } from "node:events";
import { parseArgs } from "node:util";
import type { CommandContext } from "@orchestrate/sdk";
import { metadataError } from "../metadata-error.ts";
import { isLoopback } from "../service/is-loopback.ts";
import { withGateway } from "./command-scope.ts";
import { readWords, wrong } from "./usage.ts";

const OPTIONS = {
  json: { type: "boolean", default: false },
  "runs-dir": { type: "string" },
  host: { type: "string", default: "127.0.0.1" },
  port: { type: "string", default: "7700" },
  "token-from": { type: "string" },
} as const;

/** Milliseconds between two removals of what is older than its kind is kept. */
const PRUNING = 3_600_000;

export const usage = "[--host 127.0.0.1] [--port 7700] [--token-from VARIABLE] [--json] [--runs-dir DIRECTORY]";

/** `orchestrate metadata serve`: the gateway as a service, until it is told to stop. */
export async function run(context: CommandContext): Promise<number> {
  const { values } = readWords(() => parseArgs({ args: [...context.args], options: OPTIONS }));
  const { host, port, json, "token-from": tokenFrom, "runs-dir": runs } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw wrong(`--port is "${port}", which is no port.`);
  const token = tokenOf(tokenFrom);
  if (token === undefined && !isLoopback(host)) throw tokenNeeded(host);
  return withGateway(context, runs, async ({ gateway, kinds, options }) => {
    if (options.gateway.use === "remote") throw wrong("The gateway of plugins.json is a service already.");
    const { createService } = await import("../service/create-service.ts");
    const service = await createService({ gateway, kinds, token, reach: () => {} });
    const pruning = setInterval(() => void gateway.prune().catch(() => {}), PRUNING);
    const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
    try {
      const url = await service.listen({ host, port: Number(port) });
      console.log(
        json ? JSON.stringify({ url }) : `The ${options.gateway.use} metadata gateway is at ${url}. Ctrl-C ends it.`,
      );
      await stopped;
      return 0;
    } finally {
      clearInterval(pruning);
      await service.close();
    }
  });
}

function tokenOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const token = process.env[name] ?? "";
  if (token !== "") return token;
  throw metadataError("metadata-secret-unset", `--token-from names ${name}, which is not set.`, `Set ${name}.`);
}

function tokenNeeded(host: string) {
  return metadataError(
    "metadata-token-needed",
    `${host} can be reached from other machines, and no token is set.`,
    "Name the variable that holds one with --token-from, or serve on 127.0.0.1.",
  );
}
