import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { errnoOf } from "@orchestrate/manifests";
import { OrchestrateError } from "@orchestrate/sdk";
import { placeInModule } from "./place-in-module.ts";
import { requirePlain } from "./require-plain.ts";

/**
 * Runs a pipeline file of JavaScript or TypeScript and takes its default export, which must be plain JSON.
 * Node itself removes the types.
 *
 * @throws OrchestrateError `pipeline-unreadable` (input).
 */
export async function importDocument(file: string): Promise<unknown> {
  const exported = await runModule(file);
  if (exported.default === undefined) {
    throw unreadable(file, "it has no default export", "Write `export default definePipeline({ … })`.");
  }
  await requirePlain(exported.default, { file, locator: async () => () => undefined, error: "pipeline-unreadable" });
  return exported.default;
}

/** What the module prints goes to stderr: stdout is the command's own, and may have to be one JSON document. */
async function runModule(file: string): Promise<{ readonly default?: unknown }> {
  passOverAdvice();
  const { stdout, stderr } = process;
  const { write } = stdout;
  stdout.write = stderr.write.bind(stderr);
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw unreadable(
      `${file}${placeInModule(error, file)}`,
      message.trim().replace(/\.$/, ""),
      hintFor(error, file),
      error,
    );
  } finally {
    stdout.write = write;
  }
}

/**
 * Keeps back what Node says, at every command, to whoever wrote package.json: that a module would be found out sooner
 * with `"type": "module"`. Where one can't be read for that, our own error says so.
 */
function passOverAdvice(): void {
  const printers = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (errnoOf(warning) === "MODULE_TYPELESS_PACKAGE_JSON" || /^Failed to load the ES module/.test(warning.message))
      return;
    for (const print of printers) print(warning);
  });
}

function hintFor(error: unknown, file: string): string {
  if (
    error instanceof SyntaxError &&
    /import statement outside a module|Unexpected token 'export'/.test(error.message)
  ) {
    const moduleName = basename(file).replace(/\.([jt]s)$/, ".m$1");
    return `Its package.json has Node read it as CommonJS: name it ${moduleName}, or write "type": "module" there.`;
  }
  switch (errnoOf(error)) {
    case "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX":
      return "Node only removes types: `enum`, `namespace`, parameter properties and decorators can't be run. Use a union of strings instead of an enum.";
    case "ERR_INVALID_TYPESCRIPT_SYNTAX":
      return "Correct the syntax there.";
    case "ERR_MODULE_NOT_FOUND":
      return "Check the import: a relative one needs its file extension, a package must be installed.";
    default:
      return "The file was run to read the pipeline, and threw that. Correct it there.";
  }
}

function unreadable(file: string, reason: string, hint: string, cause?: unknown): OrchestrateError {
  return new OrchestrateError(
    { error: "pipeline-unreadable", category: "input", detail: `${file} can't be read: ${reason}.`, hint },
    { cause },
  );
}
