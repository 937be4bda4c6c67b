/** What the files of a folder may import. */
export interface Row {
  /** A path from the root; `*` stands for one name. The longest that fits a file counts. */
  readonly folder: string;
  /** Other folders of the house, by relative path. The folder itself is always allowed. */
  readonly folders: readonly string[];
  /** Folders of the house of which only types may be imported. */
  readonly typesOf: readonly string[];
  /** `any`, or the modules of Node that do nothing but reckon. */
  readonly node: "any" | readonly string[];
  /** Packages by specifier, without those of the house that stand in `house`. */
  readonly packages: readonly string[];
  /** `own`: beside `packages`, what the nearest package.json names. */
  readonly libraries: "own" | "none";
  /** Packages of the house, and which values may be imported from them. */
  readonly house: Readonly<Record<string, "all" | "types" | readonly string[]>>;
  /** Packages that are refused although they stand in package.json. */
  readonly never: readonly string[];
}

const nothing: Row = {
  folder: "",
  folders: [],
  typesOf: [],
  node: [],
  packages: [],
  libraries: "none",
  house: {},
  never: [],
};

/** The parts of the lineage package that only reckon. */
const PURE = [
  "canonicalJson",
  "compareUtf8",
  "comparePhases",
  "digestBytes",
  "digestJson",
  "isReservedName",
  "runHash",
];
const WIRING = ["tsyringe", "reflect-metadata", "commander", "@bomb.sh/tab"];

/** Who may import whom, as docs/architecture.md says it. */
export const importTable: readonly Row[] = [
  { ...nothing, folder: "manifests/src", node: "any", packages: ["zod"] },
  { ...nothing, folder: "engine/sdk/src", packages: ["zod"], house: { "@orchestrate/manifests": "types" } },
  // What the worker and the fake context share touches the world, for them.
  {
    ...nothing,
    folder: "engine/sdk/src/runtime",
    folders: ["engine/sdk/src"],
    node: "any",
    packages: ["zod"],
    house: { "@orchestrate/manifests": "types" },
  },
  {
    ...nothing,
    folder: "engine/sdk/src/testing",
    folders: ["engine/sdk/src"],
    node: "any",
    packages: ["zod"],
    house: { "@orchestrate/manifests": "types" },
  },
  {
    ...nothing,
    folder: "engine/core",
    house: { "@orchestrate/sdk": "all", "@orchestrate/sdk/runtime": ["deriveSeed"], "@orchestrate/manifests": PURE },
  },
  {
    ...nothing,
    folder: "engine/run",
    folders: ["engine/core"],
    node: ["node:path"],
    house: { "@orchestrate/sdk": "all", "@orchestrate/manifests": "all" },
  },
  {
    ...nothing,
    folder: "engine/io",
    folders: ["engine/core"],
    // An adapter names the port that it stands behind.
    typesOf: ["engine/run/ports"],
    node: "any",
    libraries: "own",
    never: WIRING,
    house: { "@orchestrate/sdk": "all", "@orchestrate/sdk/runtime": "all", "@orchestrate/manifests": "all" },
  },
  // The suites that plugins test themselves with run for `plugins check` as well.
  {
    ...nothing,
    folder: "engine/io/conformance",
    folders: ["engine/core", "engine/io"],
    node: "any",
    house: { "@orchestrate/sdk": "all", "@orchestrate/sdk/testing": "all" },
  },
  // What `plugins new` writes is a plugin like any other, and its tests lie beside it.
  {
    ...nothing,
    folder: "engine/templates",
    node: "any",
    house: { "@orchestrate/sdk": "all", "@orchestrate/sdk/testing": "all" },
  },
  {
    ...nothing,
    folder: "engine/cli",
    folders: ["engine/core", "engine/run", "engine/io"],
    node: "any",
    libraries: "own",
    house: {
      "@orchestrate/sdk": "all",
      "@orchestrate/sdk/runtime": "all",
      "@orchestrate/sdk/testing": "types",
      "@orchestrate/manifests": "all",
    },
  },
  ...["steps/*", "plugins/*"].map(
    (folder): Row => ({
      ...nothing,
      folder,
      node: "any",
      libraries: "own",
      house: { "@orchestrate/sdk": "all", "@orchestrate/manifests": "all" },
    }),
  ),
  // The kits of a family's own kinds of services, for whoever provides one.
  ...["steps/*", "plugins/*"].map(
    (folder): Row => ({
      ...nothing,
      folder: `${folder}/src/testing`,
      folders: [`${folder}/src`],
      node: "any",
      libraries: "own",
      house: { "@orchestrate/sdk": "all", "@orchestrate/sdk/testing": "all", "@orchestrate/manifests": "all" },
    }),
  ),
];
