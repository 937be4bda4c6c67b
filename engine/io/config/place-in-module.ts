import { pathToFileURL } from "node:url";

/**
 * Where in a module an error came up, as `:line:column`, or `:line` where Node tells no more, as of a fault of syntax;
 * nothing where its stack does not speak of the module. Node removes types without moving what remains, so that it
 * holds for TypeScript as well.
 */
export function placeInModule(error: unknown, file: string): string {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const start = stack.indexOf(`${pathToFileURL(file).href}:`);
  if (start < 0) return "";
  const [place = ""] = /:\d+(:\d+)?/.exec(stack.slice(start + pathToFileURL(file).href.length)) ?? [];
  return place;
}
