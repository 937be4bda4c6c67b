import type { z } from "zod";

/** How an artifact lies on disk: one file, a JSON document, a file of one JSON value a line, or a directory tree. */
export type ArtifactForm = "file" | "json" | "ndjson" | "directory";

/**
 * `required`: always there. `optional`: may be unwired or unwritten. `gathered`: all instances of a fanned-out phase.
 */
export type ArtifactMode = "required" | "optional" | "gathered";

/** When values are checked against the schema; `testing` checks what was written in either case. */
export type SchemaCheck = "always" | "when-read";

/**
 * The declaration of an input or an output. One declaration may serve as the output of one step and the input of
 * another; wiring compares `form` and `kind`.
 */
export interface Artifact<
  F extends ArtifactForm = ArtifactForm,
  K extends string = string,
  T = unknown,
  M extends ArtifactMode = ArtifactMode,
> {
  readonly form: F;
  /** What the artifact means, as `model/safetensors` or `vision/policy`. An input of kind `*` accepts every kind. */
  readonly kind: K;
  /** Where an output lies below the phase's artifacts, POSIX, relative; the output's name where it is left out. */
  readonly path: string | undefined;
  /** The shape of a JSON document, or of one row of an NDJSON file. */
  readonly schema: z.ZodType<T> | undefined;
  /** Whether what a step writes is checked then, or only by those who read it. */
  readonly checked: SchemaCheck;
  readonly mode: M;
  /** The same artifact, allowed to be absent. */
  optional(): Artifact<F, K, T, "optional">;
  /** As an input: the list of this artifact over all instances of a fanned-out phase, wired as `phase[*].output`. */
  gathered(): Artifact<F, K, T, "gathered">;
}

/** A file of any content. `kind` is a media type or a name of your own. */
export function file<const K extends string>(kind: K, path?: string): Artifact<"file", K, Uint8Array, "required"> {
  return declare("file", kind, path, undefined, "required");
}

/**
 * A JSON document, checked against `schema` when written and when read. `checked: "when-read"` spares the writer that:
 * of a large document, by a step whose time counts and whose tests show that it is always right.
 */
export function json<T, const K extends string = "application/json">(
  path: string,
  schema: z.ZodType<T>,
  options: { readonly kind?: K; readonly checked?: SchemaCheck } = {},
): Artifact<"json", K, T, "required"> {
  const kind = (options.kind ?? "application/json") as K;
  return declare("json", kind, path, schema, "required", options.checked);
}

/**
 * A file with one JSON value a line, each checked against `row` when written and when read. `checked: "when-read"`
 * spares the writer that: for large rows in a loop whose time counts, of a step whose tests show that its rows are
 * always right.
 */
export function ndjson<T, const K extends string = "application/x-ndjson">(
  path: string,
  row: z.ZodType<T>,
  options: { readonly kind?: K; readonly checked?: SchemaCheck } = {},
): Artifact<"ndjson", K, T, "required"> {
  const kind = (options.kind ?? "application/x-ndjson") as K;
  return declare("ndjson", kind, path, row, "required", options.checked);
}

/** A directory tree. Symbolic links inside it are kept; one that leaves it is refused at commit. */
export function directory<const K extends string>(kind: K, path?: string): Artifact<"directory", K, never, "required"> {
  return declare("directory", kind, path, undefined, "required");
}

function declare<F extends ArtifactForm, K extends string, T, M extends ArtifactMode>(
  form: F,
  kind: K,
  path: string | undefined,
  schema: z.ZodType<T> | undefined,
  mode: M,
  checked: SchemaCheck = "always",
): Artifact<F, K, T, M> {
  return {
    form,
    kind,
    path,
    schema,
    checked,
    mode,
    optional: () => declare(form, kind, path, schema, "optional", checked),
    gathered: () => declare(form, kind, path, schema, "gathered", checked),
  };
}
