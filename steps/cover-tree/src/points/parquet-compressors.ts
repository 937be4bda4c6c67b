import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import type { Compressors } from "hyparquet";

/** How pages are unpacked that are not Snappy; each stops at the size that its page says. */
export const parquetCompressors: Compressors = {
  GZIP: (packed, size) => gunzipSync(packed, atMost(size)),
  BROTLI: (packed, size) => brotliDecompressSync(packed, atMost(size)),
  ZSTD: (packed, size) => zstdDecompressSync(packed, atMost(size)),
};

function atMost(size: number) {
  return { maxOutputLength: Math.max(1, size) };
}
