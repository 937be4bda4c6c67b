import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type AnyInput, type Gathered, StepError } from "@orchestrate/sdk";

/**
 * Writes a file for each gathered input: a line for each instance, in the order of the fan-out's list, with its key, a
 * tab and the absolute path, in a directory of their own below the working directory. `paths` tells where, by the
 * input's name; disposing removes them.
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
  if (texts.length === 0) return { paths: {}, [Symbol.dispose]() {} };
  // Whole at once: the command may have removed its working directory when the lists are disposed of.
  const directory = mkdtempSync(resolve(".gathered-"));
  const paths = texts.map(([name, text]) => {
    const path = join(directory, `${name}.tsv`);
    writeFileSync(path, text);
    return [name, path];
  });
  return {
    paths: Object.fromEntries(paths),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
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
