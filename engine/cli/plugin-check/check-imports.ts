import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type PackageImport, packageImports } from "../../io/code/package-imports.ts";
import type { Plugin } from "../../io/plugins/plugin.ts";
import type { PackageFields } from "./check-api.ts";
import { about, type Finding } from "./finding.ts";
import { modulesOf } from "./modules-of.ts";

const { ok, broken } = about("imports");

/** Whether the modules import what is meant for them, and only packages that package.json names. */
export async function checkImports(plugin: Plugin, fields: PackageFields): Promise<readonly Finding[]> {
  const { directory } = plugin;
  const { dependencies, peerDependencies, optionalDependencies } = fields;
  const contributed = await packageImports([...new Set(modulesOf(plugin).map(({ module }) => module))], directory);
  const examples = plugin.examples === null ? "" : resolve(directory, plugin.examples);
  const exemplary = existsSync(examples) ? await packageImports([examples], directory) : [];
  const known = new Set([
    plugin.name,
    // Of the sdk the check of the api tells.
    "@orchestrate/sdk",
    ...Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }),
  ]);
  const findings = [
    ...contributed.flatMap((found) => faultOf(found, known, "contributed")),
    ...exemplary.flatMap((found) => faultOf(found, known, "examples")),
  ].map(({ importer, detail, hint }) => broken("imports", `${relative(directory, importer)} ${detail}`, hint));
  return findings.length > 0 ? findings : [ok("imports", "the sdk, and what package.json names")];
}

interface Fault {
  readonly importer: string;
  readonly detail: string;
  readonly hint: string;
}

function faultOf(
  { specifier, importer, directory }: PackageImport,
  known: ReadonlySet<string>,
  by: "contributed" | "examples",
): readonly Fault[] {
  const [, name = specifier, subpath = ""] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? [];
  const fault = (detail: string, hint: string) => [{ importer, detail, hint }];
  if (name === "@orchestrate/engine" || (name === "@orchestrate/sdk" && subpath === "/runtime")) {
    return fault(
      `imports ${specifier}, which is the engine's own and changes without notice.`,
      "Import @orchestrate/sdk.",
    );
  }
  if (by === "contributed" && name === "@orchestrate/sdk" && subpath === "/testing") {
    return fault(`imports ${specifier}, which is for tests.`, "Move what needs it to a module that only tests import.");
  }
  if (!known.has(name)) {
    return fault(`imports ${name}, which package.json does not name.`, `Add ${name} to its dependencies.`);
  }
  if (
    directory !== undefined &&
    isPlugin(directory) &&
    !["/contract", "/testing"].includes(subpath) &&
    !isSelf(importer, directory)
  ) {
    const detail = `imports ${specifier}: of another plugin only /contract is for others.`;
    return fault(detail, `Import ${name}/contract, and ask for a service by its token.`);
  }
  return [];
}

function isSelf(importer: string, directory: string): boolean {
  return importer.startsWith(`${directory}/`);
}

function isPlugin(directory: string): boolean {
  try {
    return "orchestrate" in JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  } catch {
    return false;
  }
}
