import { OrchestrateError } from "@orchestrate/sdk";
import { listProfiles, type ProfileEntry, type ProfilePlaces } from "../../io/config/list-profiles.ts";
import { formatTable } from "../../io/terminal/format-table.ts";
import { builtInProfiles } from "../built-in-profiles.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";
import { locateRoot } from "../locate-root.ts";
import { readProfile } from "../read-profile.ts";

/** `orchestrate profile list`: the project's own and those that come with the engine. */
export const run: CommandModule["run"] = async (invocation, _args, options) => {
  const places = { root: await locateRoot(invocation, options as { file?: string }), builtIn: builtInProfiles() };
  const profiles = await Promise.all(listProfiles(places).map((entry) => viewOf(entry, places)));
  if (invocation.format === "json") invocation.print(JSON.stringify({ profiles }));
  else if (profiles.length === 0) invocation.print("There are no profiles.");
  else {
    const rows = profiles.map(({ name, origin, description, workload, problem }) => [
      name,
      origin,
      problem === null ? `${description} For: ${workload}` : `can't be used: ${problem.split("\n")[0]}`,
    ]);
    invocation.print(formatTable(rows));
  }
  return EXIT_STATUS.ok;
};

async function viewOf({ name, file, origin }: ProfileEntry, places: ProfilePlaces) {
  const entry = { name, origin, file };
  try {
    const { description, workload, tags } = (await readProfile(name, places)).document;
    return { ...entry, description, workload, tags, problem: null };
  } catch (error) {
    if (!(error instanceof OrchestrateError)) throw error;
    return { ...entry, description: null, workload: null, tags: [], problem: error.detail };
  }
}
