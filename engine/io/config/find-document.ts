import { isUtf8 } from "node:buffer";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, extname, join, resolve } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { directoriesUpwards } from "../directories-upwards.ts";

export interface FoundDocument {
  /** Absolute. */
  readonly file: string;
  readonly content:
    | { readonly as: "module" }
    | {
        readonly as: "text";
        readonly text: string;
        readonly format: "json" | "yaml";
        /** The key of the text's document under which the pipeline stands. */
        readonly within: string | null;
      };
}

/**
 * Finds and reads the pipeline file: `file` as given, or the first of the usual names from `cwd` upwards, as far as the
 * repository's root or the home directory. A package.json counts only where its `orchestrate` has `phases`; a plugin's
 * does not.
 *
 * @throws OrchestrateError (input) `pipeline-not-found`, `pipeline-unreadable`, and `pipeline-ambiguous` where several
 * stand in one directory.
 */
export async function findDocument(from: { readonly cwd: string; readonly file?: string }): Promise<FoundDocument> {
  if (from.file !== undefined) return readGiven(resolve(from.cwd, from.file));
  const search = await searcher();
  for (const directory of directoriesUpwards(from.cwd, homedir())) {
    const found = search(directory);
    const standing = files.map((name) => join(directory, name)).filter((file) => existsSync(file));
    if (standing.length > 1) throw ambiguous(standing);
    if (found !== undefined) return found;
    // One that can't be read is passed over by cosmiconfig, and must not be by us.
    if (standing[0] !== undefined) return readGiven(standing[0]);
  }
  throw notFound(`No pipeline was found in ${from.cwd} or in a directory above it.`);
}

async function searcher(): Promise<(directory: string) => FoundDocument | undefined> {
  const { cosmiconfigSync } = await import("cosmiconfig");
  return (directory) => {
    try {
      // A loader only wraps the text, so that cosmiconfig's own way of merging files (`$import`) finds nothing to do.
      const explorer = cosmiconfigSync("orchestrate", {
        searchPlaces: [...places],
        searchStrategy: "none",
        ignoreEmptySearchPlaces: false,
        cache: false,
        loaders: Object.fromEntries(["noExt", ...extensions].map((extension) => [extension, wrap])),
      });
      const found = explorer.search(directory);
      if (found === null) return undefined;
      return contentOf(found.filepath, found.isEmpty === true ? "" : (found.config as { readonly text: string }).text);
    } catch (error) {
      throw unreadable(`The search for a pipeline in ${directory} failed`, error, "Correct that file.");
    }
  };
}

const extensions = [".ts", ".mts", ".js", ".mjs", ".json", ".yaml", ".yml"];

const files = [
  ...extensions.map((extension) => `orchestrate.config${extension}`),
  ".orchestraterc",
  ...extensions.map((extension) => `.orchestraterc${extension}`),
];

const places = [...files, "package.json"];

function wrap(file: string, text: string): object {
  if (basename(file) !== "package.json") return { text };
  return packageSaysPipeline(text) ? { orchestrate: { text } } : {};
}

/** Whether a package.json holds a pipeline; one that can't be read holds none. */
function packageSaysPipeline(text: string): boolean {
  if (!text.includes('"phases"')) return false;
  try {
    const manifest: { orchestrate?: unknown } | null = JSON.parse(text);
    const block = manifest?.orchestrate;
    return typeof block === "object" && block !== null && "phases" in block;
  } catch {
    return false;
  }
}

function contentOf(file: string, text: string): FoundDocument {
  const extension = extname(file);
  if (/^\.[mc]?[jt]s$/.test(extension)) return { file, content: { as: "module" } };
  // What is no UTF-8 was replaced when it was read, and would not be what somebody wrote.
  if (text.includes("\ufffd") && !isUtf8(readFileSync(file)))
    throw unreadable(`The pipeline ${file} can't be read`, "it is not UTF-8", "Save it as UTF-8.");
  const format = extension === ".json" ? "json" : "yaml";
  const within = basename(file) === "package.json" ? "orchestrate" : null;
  return { file, content: { as: "text", text, format, within } };
}

function readGiven(file: string): FoundDocument {
  if (!existsSync(file)) throw notFound(`There is no file ${file}.`);
  try {
    return contentOf(file, readFileSync(file, "utf8"));
  } catch (error) {
    const example = resolve(dirname(file), "orchestrate.config.yaml");
    const hint = `Name a file of YAML, JSON, JavaScript or TypeScript, as ${example}.`;
    throw unreadable(`The pipeline ${file} can't be read`, error, hint);
  }
}

function unreadable(what: string, cause: unknown, hint: string): OrchestrateError {
  if (cause instanceof OrchestrateError) return cause;
  const detail = `${what}: ${cause instanceof Error ? cause.message : String(cause)}.`;
  return new OrchestrateError({ error: "pipeline-unreadable", category: "input", detail, hint }, { cause });
}

function ambiguous(standing: readonly string[]): OrchestrateError {
  return new OrchestrateError({
    error: "pipeline-ambiguous",
    category: "input",
    detail: `Several pipelines stand beside each other: ${standing.join(", ")}.`,
    hint: "Name one with --file FILE, or keep one under this name.",
  });
}

function notFound(detail: string): OrchestrateError {
  return new OrchestrateError({
    error: "pipeline-not-found",
    category: "input",
    detail,
    hint: "Make an orchestrate.config.yaml with `pipeline: NAME` and `phases:`, or name the file with --file FILE.",
  });
}
