import { jsonSchemas } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { suggest } from "../../core/suggest.ts";
import { editorSchemas } from "../editor-schemas.ts";
import { EXIT_STATUS } from "../exit-status.ts";
import type { CommandModule } from "../invocation.ts";

/** `orchestrate schema [NAME]`: a JSON Schema (draft 2020-12), or the names of all. */
export const run: CommandModule["run"] = async (invocation, [name]) => {
  const schemas = allSchemas();
  if (name === undefined) {
    const names = Object.keys(schemas);
    invocation.print(invocation.format === "json" ? JSON.stringify({ schemas: names }) : names.join("\n"));
    return EXIT_STATUS.ok;
  }
  // `orchestrate.manifest/1`, as a document says of itself, is known as well.
  const schema = schemas[name] ?? schemas[shortName(name)];
  if (schema === undefined) throw notFound(name, Object.keys(schemas));
  invocation.print(JSON.stringify(schema, null, 2));
  return EXIT_STATUS.ok;
};

function allSchemas(): Readonly<Record<string, unknown>> {
  return {
    ...editorSchemas(),
    ...Object.fromEntries(Object.entries(jsonSchemas()).map(([name, schema]) => [shortName(name), schema])),
  };
}

function shortName(name: string): string {
  return name.replace(/^orchestrate\.(.+)\/1$/, "$1");
}

function notFound(name: string, names: readonly string[]): OrchestrateError {
  const detail = `There is no schema "${name}".`;
  return new OrchestrateError({ error: "schema-not-found", category: "input", detail, hint: suggest(name, names) });
}
