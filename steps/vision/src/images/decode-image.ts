import sharp from "sharp";
import type { Fit } from "./fit.ts";

/**
 * Decodes PNG, JPEG or WebP to [size, size, 3] bytes of sRGB: turned upright by its EXIF orientation, transparency
 * laid on black.
 *
 * @throws Error of the decoder where the bytes are no such picture, or end early.
 */
export async function decodeImage(bytes: Uint8Array, size: number, fit: Fit): Promise<Uint8Array> {
  const pixels = await sharp(bytes, { failOn: "error", sequentialRead: true })
    .autoOrient()
    .flatten({ background: "#000" })
    .toColourspace("srgb")
    .resize(size, size, { fit, background: "#000" })
    .raw({ depth: "uchar" })
    .toBuffer();
  if (pixels.length !== size * size * 3) throw new Error(`decoded to ${pixels.length / (size * size)} channels, not 3`);
  return pixels;
}
