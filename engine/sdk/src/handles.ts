import type { Artifact } from "./artifact.ts";

/** A committed file to read. `path` is absolute; the file is read-only and does not change while the step runs. */
export interface FileInput {
  readonly path: string;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  text(): Promise<string>;
  bytes(): Promise<Uint8Array>;
}

/** A committed JSON document; `read` parses it and checks it against the declared schema. */
export interface JsonInput<T> extends FileInput {
  read(): Promise<T>;
}

/** A committed NDJSON file; `rows` streams it, each row checked, so memory stays bounded. */
export interface NdjsonInput<T> extends FileInput {
  rows(): AsyncIterable<T>;
}

/** A committed directory. `file` joins a relative POSIX path and refuses one that leaves the directory. */
export interface DirectoryInput {
  readonly path: string;
  /** The tree digest: `sha256:` and 64 hex digits. */
  readonly digest: string;
  file(relative: string): string;
}

/** One instance's artifact in a gathered input; `key` is the instance's key, `item` what it was made from. */
export type Gathered<H> = H & { readonly key: string; readonly item: unknown };

/** A file to write at `path`, relative to the working directory, which is the attempt's staging directory. */
export interface FileOutput {
  readonly path: string;
  write(data: string | Uint8Array): Promise<void>;
  /**
   * Lets the output be a file of an input as it is, in place of writing it. `from` is its absolute path, as the input's
   * handle gives it. The engine lays it there once `run` has ended, as a hard link where it can, and then neither reads
   * nor writes its bytes; until then there is nothing at `path`.
   */
  carry(from: string): void;
}

/** A JSON document to write once; checked against the declared schema, keys in the order given, one final newline. */
export interface JsonOutput<T> {
  readonly path: string;
  write(value: T): Promise<void>;
}

/** An NDJSON file to append rows to; buffered, and closed by the engine when `run` returns. */
export interface NdjsonOutput<T> {
  readonly path: string;
  append(row: T): Promise<void>;
}

/** A directory to fill; it exists and is empty when `run` begins. `file` also makes the parents of what it names. */
export interface DirectoryOutput {
  readonly path: string;
  file(relative: string): string;
  /** Lets a file of the directory be a file of an input as it is: see `FileOutput`. */
  carry(relative: string, from: string): void;
}

/** The inputs of a step with `open: true`, whose names and forms the pipeline gives. */
export type AnyInput = (FileInput & { readonly form: "file" }) | (DirectoryInput & { readonly form: "directory" });

/** The outputs of a step with `open: true`. */
export type AnyOutput = (FileOutput & { readonly form: "file" }) | (DirectoryOutput & { readonly form: "directory" });

type BareInput<A> =
  A extends Artifact<infer F, string, infer T>
    ? F extends "json"
      ? JsonInput<T>
      : F extends "ndjson"
        ? NdjsonInput<T>
        : F extends "directory"
          ? DirectoryInput
          : FileInput
    : never;

/** The handle a step gets for an input declared as `A`. */
export type InputHandle<A> = A extends { readonly mode: "optional" }
  ? BareInput<A> | undefined
  : A extends { readonly mode: "gathered" }
    ? readonly Gathered<BareInput<A>>[]
    : BareInput<A>;

/** The handle a step gets for an output declared as `A`. */
export type OutputHandle<A> =
  A extends Artifact<infer F, string, infer T>
    ? F extends "json"
      ? JsonOutput<T>
      : F extends "ndjson"
        ? NdjsonOutput<T>
        : F extends "directory"
          ? DirectoryOutput
          : FileOutput
    : never;
