import { expect, it } from "vitest";
import { COMMANDS } from "./command-table.ts";
import { FOREIGN_WORDS } from "./foreign-words.ts";

const own = [
  ...COMMANDS.map(({ usage }) => usage.split(" ")[0]),
  ...COMMANDS.flatMap(({ options }) => options.flatMap(({ flags }) => flags.split(/[ ,]+/))),
  ...["--help", "--version"],
];

it.each([...FOREIGN_WORDS])(
  "%s is no word of ours, and its hint names commands and options that there are",
  (word, hint) => {
    expect(own).not.toContain(word);
    const named = [...hint.matchAll(/orchestrate ([a-z]+)|(?:^|\s)(--?[a-z][\w-]*)/g)];
    expect(own).toEqual(expect.arrayContaining(named.map(([, command, option]) => command ?? option)));
  },
);
