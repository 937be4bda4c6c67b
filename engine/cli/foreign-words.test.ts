import { expect, it } from "vitest";
import { COMMANDS, type CommandEntry } from "./command-table.ts";
import { FOREIGN_WORDS } from "./foreign-words.ts";

const own = [
  ...COMMANDS.map(({ usage }) => usage.split(" ")[0]),
  ...COMMANDS.flatMap((entry) => optionsOf(entry)),
  ...["--help", "--version"],
];
/** An option of another tool may be one of ours, but not where it would be written out of habit. */
const ofRun = COMMANDS.filter(({ usage }) => usage.startsWith("run ")).flatMap((entry) => optionsOf(entry));

it.each([...FOREIGN_WORDS])(
  "%s is no word of ours, and its hint names commands and options that there are",
  (word, hint) => {
    expect(word.startsWith("-") ? ofRun : own).not.toContain(word);
    const named = [...hint.matchAll(/orchestrate ([a-z]+)|(?:^|\s)(--?[a-z][\w-]*)/g)];
    expect(own).toEqual(expect.arrayContaining(named.map(([, command, option]) => command ?? option)));
  },
);

function optionsOf({ options }: CommandEntry): readonly string[] {
  return options.flatMap(({ flags }) => flags.split(/[ ,]+/));
}
