import { once } from "node:events";
import { defineCommand } from "@orchestrate/sdk";
import { serveOptions, VIEW_USAGE } from "./live/serve-options.ts";
import { viewOf } from "./live/view-of.ts";
import { TOKEN_NAME } from "./live/view-options.ts";

export default defineCommand({
  summary:
    "Serves a finished metrics.ndjson by the view that a replay has: hashmap-view FILE [--port N] [--host HOST].",
  async run({ args, cwd }) {
    const options = serveOptions(args, cwd);
    if (options === undefined) {
      console.log(VIEW_USAGE);
      return 0;
    }
    const { file, host, port } = options;
    await using view = await viewOf(file, process.env[TOKEN_NAME], (message) => console.error(message));
    console.log(`${await view.listen(host, port)}/api/metrics`);
    await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
    return 0;
  },
});
