import type { Json } from "../pipeline/pipeline.ts";

/** Where one instance gets an input from. */
export type InstanceInput =
  | { readonly from: "instance"; readonly id: string; readonly output: string }
  | { readonly from: "gather"; readonly phase: string; readonly output: string }
  | { readonly from: "path"; readonly path: string }
  | { readonly from: "previous"; readonly reference: string };

/** A phase, or one item's share of a fanned-out phase. */
export interface Instance {
  /** `phase`, or `phase[key]`. */
  readonly id: string;
  readonly phase: string;
  readonly key: string | null;
  /** What it was made from; undefined where the phase is not fanned out. */
  readonly item: Json | undefined;
  /** The config as written, the item in it, not yet parsed by the step. */
  readonly config: Json;
  /** What parts its seeds from those of equal steps, the item in it. */
  readonly seedKey: string | undefined;
  readonly inputs: Readonly<Record<string, InstanceInput>>;
}

/** `phase`, or `phase[key]`. */
export function instanceId(phase: string, key: string | null): string {
  return key === null ? phase : `${phase}[${key}]`;
}

/** What `instanceId` put together. A text that is no instance's id is taken as the name of a phase. */
export function parseInstanceId(id: string): { readonly phase: string; readonly key: string | null } {
  const match = /^([^[]+)\[(.+)\]$/s.exec(id);
  return match === null ? { phase: id, key: null } : { phase: match[1]!, key: match[2]! };
}
