import sharp from "sharp";
import type { Fit } from "./fit.ts";

/**
 * Decodes PNG, JPEG, WebP, AVIF, TIFF or GIF, told by content and not by name, to [size, size, 3] bytes of sRGB: turned
 * upright by its EXIF orientation, colours by its ICC profile, transparency laid on black, of several pictures the
 * first.
 *
 * @throws Error of the decoder where the bytes are no such picture, end early, or hold more than 268 million pixels.
 */
export async function decodeImage(bytes: Uint8Array, size: number, fit: Fit): Promise<Uint8Array> {
  // What shrinks a WebP while it is read is another filter than that of all else, and up to 30 levels off.
  const fastShrinkOnLoad = !isWebp(bytes);
  const pixels = await sharp(bytes, { failOn: "error", sequentialRead: true })
    .autoOrient()
    .flatten({ background: "#000" })
    .toColourspace("srgb")
    .resize(size, size, { fit, background: "#000", fastShrinkOnLoad })
    .raw({ depth: "uchar" })
    .toBuffer();
  if (pixels.length !== size * size * 3) throw new Error(`decoded to ${pixels.length / (size * size)} channels, not 3`);
  return pixels;
}

/** "RIFF", a length, and "WEBP" (RFC 9649). */
function isWebp(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(12, bytes.length)).toString("latin1");
  return text.startsWith("RIFF") && text.endsWith("WEBP");
}
