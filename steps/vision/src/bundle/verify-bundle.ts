import type { BundleDocument } from "./bundle-document.ts";
import { openBundle } from "./open-bundle.ts";

/**
 * Checks a bundle as `openBundle` does.
 *
 * @returns what the bundle says of itself.
 */
export function verifyBundle(directory: string, publicKey?: string): BundleDocument {
  return openBundle(directory, publicKey).document;
}
