import { sep } from "node:path";

/** Whether an absolute path is another one, or lies below it. */
export function isWithin(path: string, above: string): boolean {
  return path === above || path.startsWith(above.endsWith(sep) ? above : `${above}${sep}`);
}
