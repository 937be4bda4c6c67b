import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { defineService, z } from "@orchestrate/sdk";
import { directoryArea } from "./directory-area.ts";
import { Staging } from "./staging.ts";

export default defineService({
  token: Staging,
  summary: "A directory in which slices wait for their commit.",
  options: z.strictObject({
    /** Relative to the pipeline. */
    path: z.string().min(1).default(".orchestrate/staging"),
    /** Hours after which an area in which nothing has happened is removed. */
    hoursToLive: z.number().positive().default(72),
  }),
  create: ({ options: { path, hoursToLive } }) => ({
    async area(project, id, now) {
      const root = resolve(project, path);
      await mkdir(root, { recursive: true });
      await removeOld(root, id, now - hoursToLive * 3_600_000);
      return directoryArea(join(root, id));
    },
  }),
});

async function removeOld(root: string, keep: string, before: number): Promise<void> {
  for (const name of await readdir(root)) {
    const area = join(root, name);
    if (name !== keep && (await newest(area)) < before) await rm(area, { recursive: true, force: true });
  }
}

/** When something last happened in an area. One that goes away meanwhile is another load's to remove. */
async function newest(area: string): Promise<number> {
  try {
    const names = await readdir(area);
    const stats = await Promise.all([area, ...names.map((name) => join(area, name))].map((path) => stat(path)));
    return Math.max(...stats.map(({ mtimeMs }) => mtimeMs));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Number.POSITIVE_INFINITY;
    throw error;
  }
}
