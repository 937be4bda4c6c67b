import { BackboneArchitecture } from "../network/architecture.ts";
import { type VitTensors, vitNotUnderstood } from "./vit-tensors.ts";

/** What a file of weights does not say. */
export interface VitOptions {
  /** Pixels along each side of the images to come; the images it was trained for where it is left out. */
  readonly size?: number | undefined;
  /** One for each 64 values of a token where it is left out, as in ViT-Ti, -S, -B and -L. */
  readonly heads?: number | undefined;
  readonly epsilon: number;
}

/**
 * The architecture that a vision transformer's tensors show.
 *
 * @param name how its file is called in errors.
 * @throws StepError `vit-not-understood` (input).
 */
export function vitArchitecture(
  vit: VitTensors,
  { size, heads, epsilon }: VitOptions,
  name: string,
): BackboneArchitecture {
  const [width = 0, channels, patch = 0, across] = vit.get("patches.weight").shape;
  if (channels !== 3 || patch !== across)
    throw vitNotUnderstood(name, "its patches are not square, or not of three channels");
  const old = Math.sqrt(vit.get("positions").data.length / width - 1);
  if (!Number.isInteger(old))
    throw vitNotUnderstood(name, "its positions are not a class token's and those of a square grid");
  const expansion = vit.get("0.up.weight").shape[0]! / width;
  const parsed = BackboneArchitecture.safeParse({
    size: size ?? old * patch,
    channels: 3,
    patch,
    width,
    depth: vit.depth,
    mixing: "attention",
    heads: heads ?? Math.max(1, width / 64),
    expansion,
    activation: "gelu",
    pooling: "class",
    epsilon,
  });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw vitNotUnderstood(
    name,
    `with size ${size ?? old * patch} and heads ${heads ?? width / 64}, ${issues.join("; ")}`,
  );
}
