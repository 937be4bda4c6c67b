import { readFileSync } from "node:fs";

/** Memory of compiled code; `buffer` is another one after it has grown. */
export interface CodeMemory {
  readonly buffer: ArrayBuffer;
}

/** What is used here of WebAssembly, whose types come with those of browsers only. */
declare const WebAssembly: {
  readonly Memory: new (limits: { readonly initial: number }) => CodeMemory;
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: CodeImports) => { readonly exports: object };
};

/** What compiled code is given, by the file that declares it (`env` for memory) and by name. */
export type CodeImports = Readonly<
  Record<string, Readonly<Record<string, CodeMemory | ((...numbers: number[]) => unknown)>>>
>;

/** Functions of compiled code; every argument and result is a number. */
export type CodeFunctions<Name extends string> = Readonly<Record<Name, (...numbers: number[]) => number>>;

/** Pages of 64 KiB, all zero. */
export function newPages(pages: number): CodeMemory {
  return new WebAssembly.Memory({ initial: pages });
}

/**
 * A file of `dist/` that was compiled from `assembly/`: loaded once, instantiated with a memory of its own each time.
 */
export class CompiledCode<Name extends string> {
  readonly #file: string;
  readonly #names: readonly Name[];
  readonly #module: object;

  constructor(file: string, names: readonly Name[]) {
    this.#file = file;
    this.#names = names;
    this.#module = new WebAssembly.Module(readFileSync(new URL(`../../dist/${file}`, import.meta.url)));
  }

  instantiate(imports: CodeImports): CodeFunctions<Name> & { readonly memory?: CodeMemory } {
    const { exports } = new WebAssembly.Instance(this.#module, imports);
    if (!this.#isWhole(exports)) throw new TypeError(`${this.#file} lacks a function: build the package anew.`);
    // A copy, since V8 finds the properties of an ordinary object faster.
    return { ...exports };
  }

  #isWhole(exports: object): exports is CodeFunctions<Name> {
    return this.#names.every((name) => typeof Reflect.get(exports, name) === "function");
  }
}
