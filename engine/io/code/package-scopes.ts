import { dirname, join } from "node:path";
import { readIfThere } from "../read-if-there.ts";

/** A package: the nearest directory above a file whose package.json has a name. */
export interface PackageScope {
  readonly name: string;
  readonly directory: string;
  readonly manifest: PackageManifest;
}

/** What is read of a package.json. */
export interface PackageManifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly main?: unknown;
  readonly exports?: unknown;
  readonly imports?: unknown;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly optionalDependencies?: Readonly<Record<string, unknown>>;
  readonly peerDependencies?: Readonly<Record<string, unknown>>;
}

/** Finds the packages of files; reads each package.json once and tells `onLook` of it. */
export class PackageScopes {
  readonly #onLook: (path: string) => void;
  readonly #manifests = new Map<string, PackageManifest | undefined>();

  constructor(onLook: (path: string) => void) {
    this.#onLook = onLook;
  }

  of(file: string): PackageScope | undefined {
    for (let directory = dirname(file); ; directory = dirname(directory)) {
      const manifest = this.manifest(directory);
      if (manifest !== undefined && typeof manifest.name === "string")
        return { name: manifest.name, directory, manifest };
      if (dirname(directory) === directory) return undefined;
    }
  }

  /** The package.json of a directory; undefined where there is none, or one that can't be read. */
  manifest(directory: string): PackageManifest | undefined {
    if (this.#manifests.has(directory)) return this.#manifests.get(directory);
    const manifest = this.#read(join(directory, "package.json"));
    this.#manifests.set(directory, manifest);
    return manifest;
  }

  /** The names of all packages that a package declares to need while it runs. */
  dependencies(directory: string): readonly string[] {
    const { dependencies, optionalDependencies, peerDependencies } = this.manifest(directory) ?? {};
    return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
  }

  #read(path: string): PackageManifest | undefined {
    const text = readIfThere(path);
    if (text === undefined) return undefined;
    this.#onLook(path);
    try {
      const manifest: unknown = JSON.parse(text);
      return typeof manifest === "object" && manifest !== null ? manifest : undefined;
    } catch {
      return undefined;
    }
  }
}
