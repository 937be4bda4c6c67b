import { dirname, resolve } from "node:path";
import { OrchestrateError } from "@orchestrate/sdk";
import { findDocument } from "../io/config/find-document.ts";
import type { Invocation } from "./invocation.ts";

/** The pipeline's directory; the working directory where there is no pipeline and none was named. */
export async function locateRoot({ cwd }: Invocation, { file }: { readonly file?: string }): Promise<string> {
  try {
    return dirname((await findDocument(file === undefined ? { cwd } : { cwd, file })).file);
  } catch (error) {
    if (error instanceof OrchestrateError && error.code === "pipeline-not-found" && file === undefined)
      return resolve(cwd);
    throw error;
  }
}
