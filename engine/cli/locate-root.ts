import { dirname, resolve } from "node:path";
import type { Invocation } from "./invocation.ts";
import { pipelineIfThere } from "./locate-runs.ts";

/** The pipeline's directory; the working directory where there is no pipeline and none was named. */
export async function locateRoot(invocation: Invocation, options: { readonly file?: string }): Promise<string> {
  const found = await pipelineIfThere(invocation, options);
  return found === undefined ? resolve(invocation.cwd) : dirname(found.file);
}
