import { craftedKeys } from "./crafted-keys.ts";
import { random } from "./random.ts";
import type { WorkloadShape } from "./workload-shape.ts";
import { zipf } from "./zipf.ts";

const CRAFTED = 256;
const ROWS_PER_PIECE = 8192;

/**
 * The CSV of a workload in pieces of some thousand rows. Equal shapes and seeds give equal bytes. For each row is
 * drawn, in this order: key, adversarial, collision (where there are any), read, delete, value. Keys are `K` and a
 * number, values whole numbers below a million.
 */
export function* generateRows(shape: WorkloadShape, seed: number): Generator<string, void, void> {
  const uniform = random(seed);
  const rank = zipf(shape.keySpace, shape.keySkew, uniform);
  const crafted = shape.collisionRatio > 0 ? craftedKeys(CRAFTED) : [];
  const mask = ~((1 << shape.adversarialLowBits) - 1);
  let rows = ["op,key,value"];
  for (let row = 0; row < shape.ops; row++) {
    const index = rank();
    const isAdversarial = uniform() < shape.adversarialRatio;
    const isCrafted = crafted.length > 0 && uniform() < shape.collisionRatio;
    const key = isCrafted ? crafted[index % crafted.length]! : `K${isAdversarial ? index & mask : index}`;
    if (uniform() < shape.readRatio) rows.push(`get,${key},`);
    else if (uniform() < shape.delRatio) rows.push(`del,${key},`);
    else rows.push(`put,${key},${Math.floor(uniform() * 1_000_000)}`);
    if (rows.length < ROWS_PER_PIECE) continue;
    yield `${rows.join("\n")}\n`;
    rows = [];
  }
  if (rows.length > 0) yield `${rows.join("\n")}\n`;
}
