import { pathToFileURL } from "node:url";
import { OrchestrateError, type Service, type Step } from "@orchestrate/sdk";
import { thrownText } from "./thrown-text.ts";

/**
 * Imports a plugin's module and gives its default export.
 *
 * @throws OrchestrateError `plugin-import-failed`, or `not-a-step` / `not-a-service`.
 */
export async function loadStep(module: string, name: string): Promise<Step> {
  const found = await importDefault(module, name);
  if (isDefined(found, "step")) return found as Step;
  throw notDefined("not-a-step", name, module, "defineStep");
}

export async function loadService(module: string, name: string): Promise<Service> {
  const found = await importDefault(module, name);
  if (isDefined(found, "service")) return found as Service;
  throw notDefined("not-a-service", name, module, "defineService");
}

function isDefined(value: unknown, what: "step" | "service"): boolean {
  return typeof value === "object" && value !== null && (value as { orchestrate?: unknown }).orchestrate === what;
}

async function importDefault(module: string, name: string): Promise<unknown> {
  try {
    return ((await import(pathToFileURL(module).href)) as { default?: unknown }).default;
  } catch (error) {
    throw new OrchestrateError(
      {
        error: "plugin-import-failed",
        category: "input",
        detail: `${name} can't be loaded: importing ${module} threw ${thrownText(error)}`,
        hint: isPackageMissing(error)
          ? "Install it with what it depends on, as by npm install, or take it out of plugins.json."
          : "Mend the plugin, or take it out of plugins.json.",
      },
      { cause: error },
    );
  }
}

function isPackageMissing(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Cannot find package ");
}

function notDefined(code: string, name: string, module: string, by: string): OrchestrateError {
  const detail = `${name} can't be used: the default export of ${module} was not made by ${by}.`;
  return new OrchestrateError({ error: code, category: "input", detail, hint: `Write export default ${by}({ … }).` });
}
