/** The first key that stands twice in one object of a JSON text. The text must be valid JSON. */
export function duplicateKey(text: string): { readonly key: string; readonly offset: number } | undefined {
  // Of each container that is open: the keys seen, or undefined for an array.
  const open: (Set<string> | undefined)[] = [];
  let keys: Set<string> | undefined;
  let expectsKey = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case openBrace:
        keys = new Set();
        open.push(keys);
        expectsKey = true;
        break;
      case openBracket:
        keys = undefined;
        open.push(keys);
        break;
      case closeBrace:
      case closeBracket:
        open.pop();
        keys = open.at(-1);
        expectsKey = false;
        break;
      case comma:
        expectsKey = keys !== undefined;
        break;
      case quote: {
        const end = endOfString(text, at);
        if (expectsKey && keys !== undefined) {
          const key = textOf(text.slice(at + 1, end));
          if (keys.has(key)) return { key, offset: at };
          keys.add(key);
          expectsKey = false;
        }
        at = end;
      }
    }
  }
  return undefined;
}

const [openBrace, closeBrace, openBracket, closeBracket, comma, quote, backslash] = [
  0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x22, 0x5c,
];

/** The offset of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

/** After an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === backslash) first--;
  return (at - first) % 2 === 1;
}

function textOf(raw: string): string {
  return raw.includes("\\") ? JSON.parse(`"${raw}"`) : raw;
}
