import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A file of the project: its path from the root, with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The TypeScript that is shipped: no tests, and nothing that only tests use. */
export function sourceFiles(): readonly SourceFile[] {
  return filesOf(["manifests/src/**/*.ts", "engine/**/*.ts", "steps/*/src/**/*.ts", "plugins/*/src/**/*.ts"]).filter(
    ({ path }) => !isTest(path),
  );
}

/** Every file of the project that people read. */
export function writtenFiles(): readonly SourceFile[] {
  return filesOf(["**/*.{ts,js,mjs,json,yaml,yml,md,py,sh,toml}", ".ci/**/*", ".gitignore"]).filter(
    ({ path }) => !/(^|\/)(package-lock\.json|Cargo\.lock)$/.test(path),
  );
}

export function isTest(path: string): boolean {
  return /\.test(-d)?\.ts$|(^|\/)fixtures\//.test(path) || path.startsWith("engine/core/testing/");
}

function filesOf(patterns: readonly string[]): readonly SourceFile[] {
  const exclude = ["**/node_modules/**", "**/dist/**", "**/runs/**", "**/.git/**"];
  return globSync([...patterns], { cwd: root, exclude, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort()
    .map((path) => ({ path: path.slice(root.length), text: readFileSync(path, "utf8") }));
}
