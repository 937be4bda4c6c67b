/** The path of a file below a directory, with `/`; undefined where it does not lie there. Both are absolute. */
export function relativeTo(directory: string, file: string): string | undefined {
  const base = directory.endsWith("/") ? directory : `${directory}/`;
  return file.startsWith(base) ? file.slice(base.length) : undefined;
}
