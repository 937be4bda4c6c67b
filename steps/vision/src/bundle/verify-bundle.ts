import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { StepError } from "@orchestrate/sdk";
import { Policy } from "../policy/policy.ts";
import { decodeModel } from "../weights/model-file.ts";
import { BundleDocument, type BundleFile } from "./bundle-document.ts";
import { checkModel } from "./check-model.ts";
import { checkPolicy } from "./check-policy.ts";
import { digestOf } from "./digest-of.ts";

/**
 * Checks a bundle where it lies: that it holds the files that `bundle.json` lists and no other, each with its digest,
 * none of them outside the bundle, and that model and policy can be read and fit each other.
 *
 * @returns what the bundle says of itself.
 * @throws StepError `bundle-malformed`, `bundle-path-escapes`, `bundle-file-missing`, `bundle-file-differs`,
 * `bundle-file-unlisted` (all invariant), and those of `checkModel` and `checkPolicy`.
 */
export function verifyBundle(directory: string): BundleDocument {
  const document = readDocument(directory);
  for (const file of document.files) verifyFile(directory, file);
  const listed = new Set(document.files.map(({ path }) => path));
  const unlisted = filesIn(directory).find((path) => path !== "bundle.json" && !listed.has(path));
  if (unlisted !== undefined)
    throw broken("bundle-file-unlisted", directory, `${unlisted} is not listed in bundle.json`);
  for (const part of [document.model, document.policy, ...(document.metrics === null ? [] : [document.metrics])]) {
    if (!listed.has(part.path)) throw broken("bundle-malformed", directory, `${part.path} is not among its files`);
  }
  const bytes = readFileSync(join(directory, document.model.path));
  const model = decodeModel(bytes, document.model.path);
  checkModel(model, document.model.path);
  checkPolicy(readPolicy(directory, document.policy.path), model, digestOf(bytes), document.policy.path);
  if (document.class_names.join("\n") !== model.classes.join("\n")) {
    throw broken("bundle-malformed", directory, "its class names are not those of its model");
  }
  return document;
}

function readDocument(directory: string): BundleDocument {
  try {
    return BundleDocument.parse(JSON.parse(readFileSync(join(directory, "bundle.json"), "utf8")));
  } catch (cause) {
    throw broken("bundle-malformed", directory, "bundle.json is missing or not that of a vision.bundle/1", cause);
  }
}

function verifyFile(directory: string, { path, digest, size }: BundleFile): void {
  if (path.startsWith("/") || path.includes("\\") || path.split("/").some((part) => ["", ".", ".."].includes(part))) {
    throw broken("bundle-path-escapes", directory, `${path} is not a plain path inside it`);
  }
  const steps = path.split("/").map((_, index, parts) => join(directory, ...parts.slice(0, index + 1)));
  for (const step of steps) {
    const stat = lstatSync(step, { throwIfNoEntry: false });
    if (stat === undefined) throw broken("bundle-file-missing", directory, `${path} is not there`);
    if (stat.isSymbolicLink()) throw broken("bundle-path-escapes", directory, `${path} leads through a symbolic link`);
  }
  const bytes = readFileSync(join(directory, path));
  const found = digestOf(bytes);
  if (bytes.length !== size || found !== digest) {
    const now = `${bytes.length} bytes with digest ${found}`;
    throw broken("bundle-file-differs", directory, `${path} has ${now}; bundle.json says ${size} with ${digest}`);
  }
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .sort();
}

function readPolicy(directory: string, path: string): Policy {
  try {
    return Policy.parse(JSON.parse(readFileSync(join(directory, path), "utf8")));
  } catch (cause) {
    throw broken("bundle-malformed", directory, `${path} is not a policy`, cause);
  }
}

function broken(error: string, directory: string, what: string, cause?: unknown): StepError {
  return new StepError(
    {
      error,
      category: "invariant",
      detail: `The bundle at ${directory} does not hold together: ${what}.`,
      hint: "Export it anew, or take an undamaged copy.",
    },
    { cause },
  );
}
