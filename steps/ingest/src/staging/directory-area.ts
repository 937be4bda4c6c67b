import { mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StagingArea } from "./staging.ts";

/**
 * An area as a directory: `ID.parquet` and its marker `ID.staged`, which holds the file's size and is put in place
 * last. A file without a marker, or of another size, was being written when its process died: it does not count.
 */
export function directoryArea(directory: string): StagingArea {
  const file = (id: string) => join(directory, `${id}.parquet`);
  const marker = (id: string) => join(directory, `${id}.staged`);
  return {
    kept: (name) => textOf(join(directory, name)),
    async keep(name, text) {
      await mkdir(directory, { recursive: true });
      await put(directory, name, text);
    },
    async slice(id) {
      const said = await textOf(marker(id));
      if (said === undefined || (await sizeOf(file(id))) !== Number(said)) return undefined;
      return file(id);
    },
    async stage(id, write) {
      await mkdir(directory, { recursive: true });
      const coming = `${file(id)}.coming`;
      await rm(coming, { force: true });
      await write(coming);
      await synced(coming);
      await rename(coming, file(id));
      await put(directory, `${id}.staged`, String(await sizeOf(file(id))));
      return file(id);
    },
    clear: () => rm(directory, { recursive: true, force: true }),
  };
}

async function put(directory: string, name: string, text: string): Promise<void> {
  const coming = join(directory, `${name}.coming`);
  await writeFile(coming, text, { flush: true });
  await rename(coming, join(directory, name));
  await synced(directory);
}

async function synced(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(absent);
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(({ size }) => size, absent);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
