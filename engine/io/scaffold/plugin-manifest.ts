/** The languages that a new plugin can be in. */
export const LANGUAGES = ["typescript", "javascript"] as const;

export type Language = (typeof LANGUAGES)[number];

/** What a new plugin's package.json says, beside what is the same for all. */
export interface NewPlugin {
  /** The package's. */
  readonly name: string;
  /** The first part of the names of its steps. */
  readonly family: string;
  readonly language: Language;
  /** Of the engine it is made for. */
  readonly versions: { readonly engine: string; readonly sdk: string; readonly zod: string };
}

/** The compiler and Node's types, as this repository has them. */
const COMPILER = { "@types/node": "24.10.1", typescript: "7.0.2" };

/** The package.json of a new plugin. */
export function pluginManifest({ name, family, language, versions }: NewPlugin): object {
  const { exports, files, scripts, from, tools } = PARTS[language];
  return {
    name,
    version: "0.1.0",
    description: "Counts the lines of a text.",
    license: "UNLICENSED",
    type: "module",
    keywords: ["orchestrate-plugin"],
    engines: { node: ">=24" },
    exports: { ...exports, "./package.json": "./package.json" },
    files,
    scripts: { ...scripts, check: "orchestrate plugins check" },
    orchestrate: {
      api: 1,
      steps: { [`${family}/count`]: `${from}/count.js` },
      needs: [],
      examples: `${from}/examples.js`,
    },
    peerDependencies: { "@orchestrate/sdk": `^${versions.sdk}`, zod: `^${versions.zod}` },
    devDependencies: { "@orchestrate/engine": `^${versions.engine}`, ...tools },
  };
}

const PARTS = {
  typescript: {
    exports: { ".": { types: "./dist/types.d.ts", default: "./dist/types.js" } },
    files: ["dist", "!dist/*.test.*"],
    scripts: { build: "tsc", test: "tsc && node --test dist/*.test.js", prepack: "tsc" },
    from: "./dist",
    tools: COMPILER,
  },
  javascript: {
    exports: {},
    files: ["*.js", "!*.test.js"],
    scripts: { test: "node --test" },
    from: ".",
    tools: {},
  },
} as const;
