import { createHash } from "node:crypto";
import type { StoredTree } from "./stored-tree.ts";
import { MAGIC, PAGE, PREFIX, type Section, type TreeHeader } from "./tree-header.ts";

/** The bytes of a tree file. Equal trees have equal bytes. */
export function encodeTree(stored: StoredTree): Uint8Array {
  const { points, tree, inducing, distance, nextRow, leafSize, runHash } = stored;
  const arrays = [
    { name: "points", array: points.values, columns: points.dimension },
    { name: "rows", array: tree.rows, columns: 1 },
    { name: "levels", array: tree.levels, columns: 1 },
    { name: "parents", array: tree.parents, columns: 1 },
    { name: "radii", array: tree.radii, columns: 1 },
    { name: "inducing", array: inducing.values, columns: inducing.dimension },
  ] as const;
  let end = 0;
  const sections = arrays.map(({ name, array, columns }): Section => {
    const offset = end;
    end = Math.ceil((offset + array.byteLength) / 8) * 8;
    const type = array instanceof Float64Array ? "float64" : "int32";
    const rows = columns === 0 ? 0 : array.length / columns;
    return { name, type, shape: [rows, columns], offset, bytes: array.byteLength };
  });
  const body = new Uint8Array(end);
  for (const [index, { array }] of arrays.entries()) body.set(bytesOf(array), sections[index]!.offset);
  const digests = pageDigests(body);
  const header = headerText((start) => ({
    schema: "cover-tree.file/2",
    length: start + body.length + digests.length,
    body: start,
    sections,
    pages: { offset: start + body.length, count: digests.length / 32, digest: sha256(digests).toString("hex") },
    base: tree.base,
    distance,
    nextRow,
    leafSize,
    runHash,
  }));
  return Buffer.concat([header, body, digests]);
}

/** The numbers as they lie in memory; all machines that Node runs on keep them with the lowest byte first. */
function bytesOf(array: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function pageDigests(body: Uint8Array): Buffer {
  const count = Math.ceil(body.length / PAGE);
  return Buffer.concat(
    Array.from({ length: count }, (_, page) => sha256(body.subarray(page * PAGE, (page + 1) * PAGE))),
  );
}

/** Magic, length, digest and the JSON itself, padded to whole kibibytes so that its own numbers don't move it. */
function headerText(make: (body: number) => TreeHeader): Buffer {
  const longest = PREFIX + Buffer.byteLength(JSON.stringify(make(Number.MAX_SAFE_INTEGER)));
  const start = Math.ceil(longest / 1024) * 1024;
  const json = Buffer.from(JSON.stringify(make(start)).padEnd(start - PREFIX, " "));
  const prefix = Buffer.alloc(PREFIX);
  prefix.write(MAGIC, "latin1");
  prefix.writeUInt32LE(json.length, 8);
  sha256(json).copy(prefix, 12);
  return Buffer.concat([prefix, json.subarray(0, start - PREFIX)]);
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}
