/** The first key that stands twice in one object of a JSON text. The text must be valid JSON. */
export function duplicateKey(text: string): { readonly key: string; readonly offset: number } | undefined {
  // Of each container that is open: the keys seen, or undefined for an array.
  const open: (Set<string> | undefined)[] = [];
  let expectsKey = false;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/g)) {
    switch (token) {
      case "{":
        open.push(new Set());
        expectsKey = true;
        break;
      case "[":
        open.push(undefined);
        expectsKey = false;
        break;
      case "}":
      case "]":
        open.pop();
        expectsKey = false;
        break;
      case ",":
        expectsKey = open.at(-1) !== undefined;
        break;
      default: {
        const keys = open.at(-1);
        if (!expectsKey || keys === undefined) break;
        expectsKey = false;
        const key: string = token.includes("\\") ? JSON.parse(token) : token.slice(1, -1);
        if (keys.has(key)) return { key, offset: index };
        keys.add(key);
      }
    }
  }
  return undefined;
}
