import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import type { Plugin } from "../../io/plugins/plugin.ts";
import { readPluginPackage } from "../../io/plugins/read-plugin-package.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import { checkApi, type PackageFields } from "./check-api.ts";
import { checkContracts } from "./check-contracts.ts";
import { checkImports } from "./check-imports.ts";
import { checkNames } from "./check-names.ts";
import { type CheckObserver, UNOBSERVED } from "./check-observer.ts";
import { checkPackage } from "./check-package.ts";
import { checkSuites } from "./check-suites.ts";
import { checkTypes } from "./check-types.ts";
import { about, type Finding } from "./finding.ts";
import { modulesOf } from "./modules-of.ts";

/** What a package is checked against. */
export interface CheckScope {
  /** The version of the sdk that this engine has. */
  readonly sdk: string;
  /** How long a plugin may take to tell a contract, and how long one run of the suite. */
  readonly timeoutMs: number;
}

/**
 * Everything that can be known of the plugin in a directory; `plugin` is null where the package does not say that it is
 * one.
 */
export async function checkPlugin(
  directory: string,
  { sdk, timeoutMs }: CheckScope,
  observer: CheckObserver = UNOBSERVED,
): Promise<{ readonly plugin: Plugin | null; readonly findings: readonly Finding[] }> {
  const { ok, broken } = about("manifest");
  const findings: Finding[] = [];
  const add = (found: readonly Finding[]) => {
    findings.push(...found);
    observer.found(found);
  };
  if (!existsSync(join(directory, "package.json"))) {
    const detail = `There is no package.json in ${directory}.`;
    const hint = "Name the directory of a plugin, or begin one: orchestrate plugins new NAME.";
    add([broken("manifest", detail, hint)]);
    return { plugin: null, findings };
  }
  const plugin = await readPluginPackage(nameOf(directory), directory).catch((error: unknown) => {
    if (error instanceof OrchestrateError) return error;
    throw error;
  });
  if (plugin instanceof OrchestrateError) {
    add([broken("manifest", plugin.detail, plugin.hint)]);
    return { plugin: null, findings };
  }
  const fields = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as PackageFields;
  observer.begun(plugin);
  add([ok("manifest", `contributes ${formatCount(modulesOf(plugin).length, "module")}`)]);
  observer.looking("package");
  add(await checkPackage(plugin));
  add([checkApi(fields, sdk)]);
  add(await checkNames(plugin));
  observer.looking("imports");
  add(await checkImports(plugin, fields));
  add(checkTypes(plugin, fields));
  const contracts = await checkContracts(plugin, timeoutMs, observer.looking);
  add(contracts);
  const sound = new Set(contracts.filter(({ state }) => state !== "broken").map(({ subject }) => subject));
  const suites = { timeoutMs, isSound: (name: string) => sound.has(name), looking: observer.looking };
  for await (const found of checkSuites(plugin, suites)) add(found);
  return { plugin, findings };
}

/** The package's own name; that of its directory where it does not tell. */
function nameOf(directory: string): string {
  try {
    const { name } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as { readonly name?: unknown };
    return typeof name === "string" ? name : basename(directory);
  } catch {
    return basename(directory);
  }
}
