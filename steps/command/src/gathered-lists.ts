import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type AnyInput, type Gathered, StepError } from "@orchestrate/sdk";

/** Where the lists lie while the command runs, below the working directory. */
const DIRECTORY = ".gathered";

/**
 * Writes a file for each gathered input: a line for each instance, in the order of the fan-out's list, with its key, a
 * tab and the absolute path. `paths` tells where, by the input's name; disposing removes them.
 *
 * @throws StepError `gathered-unlistable` where a key or path holds a tab or a line feed.
 */
export function gatheredLists(
  inputs: Readonly<Record<string, AnyInput | readonly Gathered<AnyInput>[] | undefined>>,
): Disposable & { readonly paths: Readonly<Record<string, string>> } {
  const gathered = Object.entries(inputs).filter((entry): entry is [string, readonly Gathered<AnyInput>[]] =>
    Array.isArray(entry[1]),
  );
  const texts = gathered.map(([name, instances]) => [name, instances.map((one) => line(name, one)).join("")] as const);
  if (texts.length > 0) mkdirSync(DIRECTORY);
  const paths = texts.map(([name, text]) => {
    const path = resolve(DIRECTORY, `${name}.tsv`);
    writeFileSync(path, text);
    return [name, path];
  });
  return {
    paths: Object.fromEntries(paths),
    [Symbol.dispose]: () => rmSync(resolve(DIRECTORY), { recursive: true, force: true }),
  };
}

function line(name: string, { key, path }: Gathered<AnyInput>): string {
  if (!/[\t\n]/.test(key + path)) return `${key}\t${path}\n`;
  throw new StepError({
    error: "gathered-unlistable",
    category: "input",
    detail: `The instance ${JSON.stringify(key)} of input "${name}" at ${JSON.stringify(path)} can't stand in a list.`,
    hint: "Give the runs directory and the key names without tabs and line feeds.",
  });
}
