import { API } from "@orchestrate/sdk";
import { satisfies } from "../../io/plugins/satisfies.ts";
import { about, type Finding } from "./finding.ts";

/** What is read of a package.json beside the block. */
export interface PackageFields {
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { ok, warning, broken } = about("api");
const SDK = "@orchestrate/sdk";

/** Whether the package asks for an sdk that this engine works with. @param version of this engine's sdk */
export function checkApi({ dependencies = {}, peerDependencies = {} }: PackageFields, version: string): Finding {
  const range = peerDependencies[SDK];
  const hint = `Say "peerDependencies": { "${SDK}": "^${version}" } in package.json.`;
  if (range === undefined && dependencies[SDK] === undefined) {
    return broken("api", `${SDK} is neither a peer dependency nor a dependency.`, hint);
  }
  if (range === undefined) {
    const detail = `${SDK} is a dependency, so that a project may get a second copy, whose types are not those of the first.`;
    return warning("api", detail, hint);
  }
  if (!satisfies(version, range)) {
    return broken("api", `It asks for ${SDK} ${range}; this engine has ${version}.`, hint);
  }
  return ok("api", `api ${API}, ${SDK} ${range}`);
}
