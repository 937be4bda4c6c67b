/**
 * A glob as a regular expression for the whole text. `*` and `?` stop at `/`; `**` between slashes, or at either end,
 * is any number of directories; `[…]` and `{a,b}` are as in a shell; a backslash takes the next character as it is.
 *
 * @throws Error where a bracket or a brace is not closed.
 */
export function globPattern(glob: string): string {
  let result = "";
  let depth = 0;
  for (let at = 0; at < glob.length; ) {
    const rest = glob.slice(at);
    const startsPart = at === 0 || glob[at - 1] === "/";
    if (rest.startsWith("/**/")) {
      result += "/(?:.*/)?";
      at += 4;
    } else if (rest === "/**") {
      result += "/.*";
      at += 3;
    } else if (startsPart && rest.startsWith("**/")) {
      result += "(?:.*/)?";
      at += 3;
    } else if (rest === "**" && startsPart) {
      result += ".*";
      at += 2;
    } else if (rest.startsWith("*")) {
      result += "[^/]*";
      at += /^\*+/.exec(rest)![0].length;
    } else if (rest.startsWith("?")) {
      result += "[^/]";
      at += 1;
    } else if (rest.startsWith("[")) {
      const { text, length } = bracket(rest);
      result += text;
      at += length;
    } else if (rest.startsWith("{")) {
      result += "(?:";
      depth += 1;
      at += 1;
    } else if (rest.startsWith("}") && depth > 0) {
      result += ")";
      depth -= 1;
      at += 1;
    } else if (rest.startsWith(",") && depth > 0) {
      result += "|";
      at += 1;
    } else {
      const [character = ""] = rest.startsWith("\\") && rest.length > 1 ? rest.slice(1) : rest;
      result += character.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&");
      at += rest.startsWith("\\") && rest.length > 1 ? 1 + character.length : character.length;
    }
  }
  if (depth > 0) throw new Error(`the brace in "${glob}" is not closed`);
  return result;
}

function bracket(rest: string): { readonly text: string; readonly length: number } {
  const found = /^\[([!^]?)(\]?[^\]]*)\]/.exec(rest);
  if (found === null) throw new Error(`the bracket in "${rest}" is not closed`);
  const [whole, negation, members = ""] = found;
  const escaped = members.replace(/[\\^[\]&~]/g, "\\$&");
  return { text: `[${negation === "" ? "" : "^/"}${escaped}]`, length: whole.length };
}
