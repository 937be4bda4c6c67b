import { relativeTo } from "./relative-to.ts";

/**
 * The dotted name of the module in a file: its path below the nearest `node_modules` or `site-packages`, else below
 * `root`, without its extension and a last `index` or `__init__`.
 */
export function moduleName(root: string, file: string): string {
  const installed = /^.*\/(?:node_modules|site-packages|dist-packages)\/(.+)$/.exec(file)?.[1];
  const path = installed ?? relativeTo(root, file) ?? file.slice(file.lastIndexOf("/") + 1);
  const bare = path.replace(/\.[^./]+$/, "");
  const name = bare.replace(/\/(?:index|__init__)$/, "");
  return name.replaceAll("/", ".");
}
