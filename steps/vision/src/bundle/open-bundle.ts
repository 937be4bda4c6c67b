import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StepError, type z } from "@orchestrate/sdk";
import { digestOf } from "../digest.ts";
import { filesBelow } from "../files-below.ts";
import { Policy } from "../policy/policy.ts";
import type { TrainedModel } from "../weights/model.ts";
import { decodeModel } from "../weights/model-file.ts";
import { BundleDocument, type BundleFile } from "./bundle-document.ts";
import { checkModel } from "./check-model.ts";
import { checkPolicy } from "./check-policy.ts";
import { Provenance } from "./provenance.ts";
import { verifySignature } from "./verify-signature.ts";

/** A bundle that holds together. */
export interface Bundle {
  /** What it says of itself. */
  readonly document: BundleDocument;
  readonly model: TrainedModel;
  readonly policy: Policy;
}

/**
 * Reads a bundle where it lies, and checks that it holds the files that `bundle.json` lists and no other, each with its
 * digest, none of them outside the bundle; that its signature is genuine where it has one; and that model and policy
 * can be read and fit each other.
 *
 * @param publicKey the key that must have signed it, raw, as base64; undefined where an unsigned bundle will do.
 * @throws StepError `bundle-malformed`, `bundle-path-escapes`, `bundle-file-missing`, `bundle-file-differs`,
 * `bundle-file-unlisted` (all invariant), and those of `verifySignature`, `checkModel` and `checkPolicy`.
 */
export function openBundle(directory: string, publicKey?: string): Bundle {
  const document = readDocument(directory);
  for (const file of document.files) verifyFile(directory, file);
  const listed = new Set(document.files.map(({ path }) => path));
  const unsigned = ["bundle.json", ...(document.signature === null ? [] : [document.signature.path])];
  const unlisted = filesBelow(directory).find((path) => !unsigned.includes(path) && !listed.has(path));
  if (unlisted !== undefined)
    throw broken("bundle-file-unlisted", directory, `${unlisted} is not listed in bundle.json`);
  verifySignature(directory, document, publicKey);
  const { model: weights, onnx, policy: decisions, metrics, provenance } = document;
  for (const part of [weights, onnx, decisions, provenance, ...(metrics === null ? [] : [metrics])]) {
    if (!listed.has(part.path)) throw broken("bundle-malformed", directory, `${part.path} is not among its files`);
  }
  const bytes = readFileSync(join(directory, weights.path));
  const model = decodeModel(bytes, weights.path);
  const policy = readPart(directory, decisions.path, Policy, "a policy");
  readPart(directory, provenance.path, Provenance, "a provenance");
  checkModel(model, weights.path);
  checkPolicy(policy, model, digestOf(bytes), decisions.path);
  if (document.class_names.join("\n") !== model.classes.join("\n")) {
    throw broken("bundle-malformed", directory, "its class names are not those of its model");
  }
  return { document, model, policy };
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

function readPart<T>(directory: string, path: string, schema: z.ZodType<T>, what: string): T {
  try {
    return schema.parse(JSON.parse(readFileSync(join(directory, path), "utf8")));
  } catch (cause) {
    throw broken("bundle-malformed", directory, `${path} is not ${what}`, cause);
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
