import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ImageSet, Pixels } from "../contract.ts";
import { decodeSafetensors, type SafetensorsFile } from "../weights/decode-safetensors.ts";
import { encodeSafetensors } from "../weights/encode-safetensors.ts";
import type { Model } from "../weights/model.ts";

/**
 * A directory in which a trainer program finds a request and leaves its answer; gone when it is disposed of. It lies in
 * the working directory, the attempt's: what is left of it where everything was killed goes with the attempt.
 */
export class RequestDirectory implements Disposable {
  readonly path = mkdtempSync(resolve(".trainer-"));

  /** Writes `request.json` and the weights to start from. */
  writeRequest({ architecture, preprocessing, tensors }: Model, request: Readonly<Record<string, unknown>>): void {
    const document = { schema: "vision.trainer-request/1", architecture, preprocessing, ...request };
    writeFileSync(join(this.path, "request.json"), JSON.stringify(document));
    writeFileSync(join(this.path, "start.safetensors"), encodeSafetensors(tensors, {}));
  }

  /** Writes pictures as they lie in memory, and their labels where there are any. */
  writeImages(name: string, images: Pixels & Partial<Pick<ImageSet, "labels">>): void {
    writeFileSync(join(this.path, `${name}.images.u8`), images.pixels);
    if (images.labels !== undefined) writeFileSync(join(this.path, `${name}.labels.u8`), images.labels);
  }

  write(name: string, data: Uint8Array): void {
    writeFileSync(join(this.path, name), data);
  }

  read(name: string): Uint8Array {
    return new Uint8Array(readFileSync(join(this.path, name)));
  }

  /** Reads a file that nobody needs any more, and removes it. */
  take(name: string): Uint8Array {
    const data = this.read(name);
    rmSync(join(this.path, name));
    return data;
  }

  readTensors(name: string): SafetensorsFile {
    return decodeSafetensors(this.read(name), `What the trainer wrote as ${name}`);
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
