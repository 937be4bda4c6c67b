import type { Origin } from "../lineage/origin.ts";
import type { Fit } from "./fit.ts";
import type { Metadata } from "./metadata.ts";

/** Pictures of one size with their labels, as a step or a trainer takes them. */
export interface ImageSet {
  /** Pixels along each side. */
  readonly size: number;
  /** Values per pixel; always 3: red, green, blue. */
  readonly channels: number;
  /** Class names; a label is an index into them, and label 1 is the positive class. */
  readonly classes: readonly string[];
  /** Bytes of shape [count, size, size, channels], row by row from the top left. */
  readonly pixels: Uint8Array;
  /** One label a picture. */
  readonly labels: Uint8Array;
}

/** A split as it was read: its pictures, their names, and which split it is. */
export interface Split extends ImageSet {
  readonly origin: Origin;
  readonly fit: Fit;
  /** One name a picture. */
  readonly names: readonly string[];
  /** The digest of each picture's file, as `Picture.source`. */
  readonly sources: readonly string[];
  /** What else is known of each picture. */
  readonly metadata: readonly Metadata[];
}

/** A picture before it has a place in a split. */
export interface Picture {
  /** Its path in the folder, POSIX, or the name of a rendered scene. */
  readonly name: string;
  readonly label: number;
  /** `sha256:` and 64 hex digits of the file, or of the pixels where there is no file. */
  readonly source: string;
  /** [size, size, 3] bytes. */
  readonly pixels: Uint8Array;
  readonly metadata: Metadata;
}
