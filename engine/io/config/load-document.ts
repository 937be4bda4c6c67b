import { dirname } from "node:path";
import { type FoundDocument, findDocument } from "./find-document.ts";
import { importDocument } from "./import-document.ts";
import { type Locate, locateIn } from "./locate-in.ts";
import { parseText } from "./parse-text.ts";
import { requirePlain } from "./require-plain.ts";

/** What a file says, as plain JSON, and how to find the place of anything in it. */
export interface LoadedDocument {
  readonly document: unknown;
  /** Absolute. */
  readonly file: string;
  /** The file's directory, from which relative paths start. */
  readonly root: string;
  /** Makes what turns a path of keys into a position. Reads the text a second time, so it is for errors only. */
  locator(): Promise<Locate>;
}

/**
 * Loads the pipeline file: `file` where it is given (relative to `cwd`), else the nearest one from `cwd` upwards.
 *
 * @throws OrchestrateError `pipeline-not-found` or `pipeline-unreadable`, both of category input.
 */
export async function loadDocument(from: { readonly cwd: string; readonly file?: string }): Promise<LoadedDocument> {
  return readDocument(await findDocument(from));
}

/** What a file that was found says. @throws OrchestrateError `pipeline-unreadable` (input) */
export async function readDocument({ file, content }: FoundDocument): Promise<LoadedDocument> {
  const root = dirname(file);
  switch (content.as) {
    case "module":
      return { document: await importDocument(file), file, root, locator: async () => () => undefined };
    case "text": {
      const { text, format, within } = content;
      const whole = await parseText({ text, file, format, error: "pipeline-unreadable" });
      const document = within === null ? whole : (whole as Readonly<Record<string, unknown>>)[within];
      const locator = () => locateIn(text, within === null ? [] : [within]);
      await requirePlain(document, { file, locator, error: "pipeline-unreadable" });
      return { document, file, root, locator };
    }
  }
}
