import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { parse, stringify } from "yaml";
import { parseProfile } from "../../engine/core/pipeline/overlay.ts";
import { resolvePipeline } from "../../engine/core/pipeline/resolve-pipeline.ts";
import type { PageProject } from "./page-project.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Puts into a project what a reader of the repository's pages has at hand: the main job, with the profile `fast` laid
 * over it so that it ends soon, `plugins.json`, and a folder of photographs.
 */
export async function bringRoadwork(project: PageProject): Promise<void> {
  project.write("orchestrate.config.yaml", stringify(fastPipeline()));
  project.write("plugins.json", readFileSync(resolve(REPOSITORY, "plugins.json"), "utf8"));
  for (const [name, shade] of [
    ["left", 40],
    ["right", 200],
  ] as const) {
    for (let index = 0; index < 24; index += 1) {
      project.write(`photos/${name}/${index}.png`, await picture(shade + index));
    }
  }
}

function fastPipeline(): unknown {
  const profile = parseProfile(parse(readFileSync(resolve(REPOSITORY, "profiles/fast.yaml"), "utf8")), "fast");
  if ("issues" in profile) throw new Error(JSON.stringify(profile.issues));
  const pipeline: unknown = parse(readFileSync(resolve(REPOSITORY, "orchestrate.config.yaml"), "utf8"));
  return resolvePipeline(pipeline, { profile: profile.profile, overrides: [], seed: undefined }).resolved;
}

function picture(shade: number): Promise<Uint8Array> {
  const background = { r: shade, g: 255 - shade, b: 128 };
  return sharp({ create: { width: 48, height: 48, channels: 3, background } })
    .png()
    .toBuffer();
}
