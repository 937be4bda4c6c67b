import { type CommandConfig, textOf } from "./config.ts";
import { expandTemplate } from "./expand-template.ts";
import type { Places } from "./places.ts";

/**
 * The program and its arguments. A word that is, as written, a file of the project becomes its full path, because the
 * program runs in the staging directory; in every other word the templates are expanded.
 *
 * @throws StepError `template-unknown` or `template-unclosed`.
 */
export function commandWords(
  config: CommandConfig,
  code: Readonly<Record<string, string>>,
  known: Places,
): readonly string[] {
  if ("shell" in config) return [code[config.interpreter] ?? config.interpreter, "-c", config.shell];
  return config.argv.map(textOf).map((word) => code[word] ?? expandTemplate(word, known));
}
