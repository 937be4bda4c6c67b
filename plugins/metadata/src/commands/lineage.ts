import { parseArgs } from "node:util";
import { defineCommand } from "@orchestrate/sdk";
import { describeLineage } from "../lineage/describe-lineage.ts";
import { findArtifact } from "../lineage/find-artifact.ts";
import type { Lineage } from "../lineage/lineage.ts";
import { traceMade } from "../lineage/trace-made.ts";
import { traceUses } from "../lineage/trace-uses.ts";
import { withCurrentGateway } from "./command-scope.ts";
import { readWords, wholeNumber, wrong } from "./usage.ts";

const OPTIONS = {
  help: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  depth: { type: "string", default: "20" },
  "runs-dir": { type: "string" },
} as const;

export default defineCommand({
  summary: "What made an artifact and what used it, across runs.",
  async run(context) {
    const { values, positionals } = readWords(() =>
      parseArgs({ args: [...context.args], options: OPTIONS, allowPositionals: true }),
    );
    if (values.help) {
      console.log("orchestrate lineage ARTIFACT [--depth N] [--json] [--runs-dir DIRECTORY]");
      return 0;
    }
    const [wanted, ...others] = positionals;
    if (wanted === undefined || others.length > 0)
      throw wrong("lineage takes one artifact: phase.output, run/phase.output, a digest or a path.");
    const depth = wholeNumber("--depth", values.depth);
    return withCurrentGateway(context, values["runs-dir"], async ({ gateway }) => {
      const digest = await findArtifact(gateway, wanted, context.cwd);
      const lineage: Lineage = {
        digest,
        made: await traceMade(gateway, digest, { depth, seen: new Set() }),
        uses: await traceUses(gateway, digest, { depth, seen: new Set() }),
      };
      console.log(values.json ? JSON.stringify(lineage) : describeLineage(lineage));
      return 0;
    });
  },
});
