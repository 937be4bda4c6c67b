import { StepError } from "@orchestrate/sdk";
import { nearestName } from "./nearest-name.ts";
import type { Places } from "./places.ts";

/**
 * Puts in what `${name}` stands for; `$${` stands for `${` itself, and `${$}` for `$`, as the engine writes it in what
 * comes of an item.
 *
 * @throws StepError `template-unknown`, which suggests the nearest name, or `template-unclosed`.
 */
export function expandTemplate(word: string, known: Places): string {
  return word.replaceAll(/\$\$\{|\$\{([^}]*)(\}?)/g, (whole: string, name: string | undefined, brace: string) => {
    if (whole === "$${") return "${";
    if (brace === "") throw unclosed(word);
    if (name === "$") return "$";
    return known.get(name ?? "") ?? unknown(name ?? "", word, [...known.keys()]);
  });
}

function unknown(name: string, word: string, names: readonly string[]): never {
  const nearest = nearestName(name, names);
  throw new StepError({
    error: "template-unknown",
    category: "input",
    detail: `"\${${name}}" in the argument "${word}" names nothing; there are ${names.join(", ")}.`,
    hint: nearest === undefined ? escapeHint(name) : `Did you mean "\${${nearest}}"?`,
  });
}

function unclosed(word: string): StepError {
  return new StepError({
    error: "template-unclosed",
    category: "input",
    detail: `The argument "${word}" opens a template with "\${" and does not close it.`,
    hint: 'Close it with "}", or write "$${" for the characters "${".',
  });
}

/** The engine puts in the item first, and takes one dollar away. */
function escapeHint(name: string): string {
  if (!/^item(\.|$)/.test(name)) return 'Write "$${" for the characters "${".';
  return 'Write "$$${item}" for the characters "${item}".';
}
