import { z } from "@orchestrate/sdk";

/** The first bytes of a tree file. */
export const MAGIC = "ORCTREE\n";
/** Bytes before the header: the magic, the header's length as a 32-bit number, and its SHA-256. */
export const PREFIX = 8 + 4 + 32;
/** Bytes of a page, each of which has a digest of its own. */
export const PAGE = 1 << 20;

const size = z.number().int().nonnegative();

export const Section = z.strictObject({
  name: z.enum(["points", "rows", "levels", "parents", "radii", "inducing"]),
  type: z.enum(["float64", "int32"]),
  /** Rows and columns. */
  shape: z.tuple([size, size]),
  /** From the beginning of the body. */
  offset: size,
  bytes: size,
});
export type Section = z.infer<typeof Section>;

/** What version 1 said, whose base was always 2. */
const FirstHeader = z.strictObject({
  schema: z.literal("cover-tree.file/1"),
  /** Of the whole file. */
  length: size,
  /** Where the sections begin. */
  body: size,
  sections: z.array(Section),
  /** The digests of the body's pages stand here, SHA-256 after SHA-256, and have this digest together. */
  pages: z.strictObject({ offset: size, count: size, digest: z.string() }),
  distance: z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()) }),
  /** The row of the next point that is put in. */
  nextRow: size,
  leafSize: size,
  runHash: z.string(),
});

/** What stands at the beginning of a tree file (docs/formats/cover-tree.md). */
export const TreeHeader = FirstHeader.extend({
  schema: z.literal("cover-tree.file/2"),
  /** Of the tree's levels. */
  base: z.number().min(1.1).max(4),
});
/** What a file says that may be of an earlier version. */
export const AnyHeader = z.union([
  TreeHeader,
  FirstHeader.transform((header): TreeHeader => ({ ...header, schema: "cover-tree.file/2", base: 2 })),
]);
export type TreeHeader = z.infer<typeof TreeHeader>;
