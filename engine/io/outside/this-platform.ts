import type { Platform } from "../../core/plan/fingerprint.ts";

/** What of this machine enters every fingerprint. */
export function thisPlatform(): Platform {
  return { node: Number(process.versions.node.split(".")[0]), platform: process.platform, arch: process.arch };
}
