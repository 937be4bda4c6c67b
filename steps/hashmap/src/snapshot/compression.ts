import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from "node:zlib";

/** How a snapshot's payload may be packed; the index is what the header says. */
export const COMPRESSIONS = ["none", "gzip", "zstd"] as const;
export type Compression = (typeof COMPRESSIONS)[number];

export const PACK: Readonly<Record<Compression, (bytes: Uint8Array) => Uint8Array>> = {
  none: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes),
  zstd: (bytes) => zstdCompressSync(bytes),
};

/** Each throws where the bytes are not packed so, or where more than `most` bytes come out. */
export const UNPACK: Readonly<Record<Compression, (bytes: Uint8Array, most: number) => Uint8Array>> = {
  none: (bytes) => bytes,
  gzip: (bytes, most) => gunzipSync(bytes, { maxOutputLength: most }),
  zstd: (bytes, most) => zstdDecompressSync(bytes, { maxOutputLength: most }),
};
