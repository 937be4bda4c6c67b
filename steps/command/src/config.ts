import { z } from "@orchestrate/sdk";

/** YAML reads `5` as a number, and an item keeps its type: what is no string is given as its JSON text. */
const Word = z.union([z.string(), z.number(), z.boolean(), z.array(z.json()), z.record(z.string(), z.json())]);

const common = {
  /** Environment variables, as they are: templates are not expanded in them. */
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), Word).default({}),
  /** Exit statuses that count as success. */
  okStatus: z.array(z.number().int().min(0).max(255)).min(1).default([0]),
  /** Files of the project by name: digested as code, and given as `FILE_name` and `${files.name}`. */
  files: z.record(z.string().regex(/^[a-z][A-Za-z0-9_]*$/), z.string().min(1)).default({}),
};

const Argv = z.strictObject({
  /** The program and its arguments, without a shell. Templates are expanded; files of the project become full paths. */
  argv: z.array(Word).min(1),
  ...common,
});

const Shell = z
  .strictObject({
    /** A line for the shell, which finds every path in its environment. Templates are not expanded in it. */
    shell: z.string().min(1),
    /** What runs the line, with `-c`. */
    interpreter: z.string().min(1).default("/bin/sh"),
    ...common,
  })
  .check(({ value: { shell, interpreter }, issues }) => {
    const [written, role, name] = TEMPLATE.exec(shell) ?? [];
    if (role === undefined || !SHELL.test(interpreter)) return;
    const message = `${written} is put in only in argv: a shell finds that path as "$${role.slice(0, -1).toUpperCase()}_${name}"`;
    issues.push({ code: "custom", path: ["shell"], message, input: shell });
  });

/** What would be put in in `argv`, and what no shell takes: it would end with "Bad substitution". */
const TEMPLATE = /\$\{(inputs|outputs|files)\.([A-Za-z0-9_]+)\}/;
const SHELL = /(^|\/)(ba|da|k|z)?sh$/;

/** Exactly one of `argv` and `shell`, and what both take. */
export const CommandConfig = z.union([Argv, Shell], {
  error: ({ input }) => (namesOne(input) ? undefined : "say exactly one of argv (a list of words) and shell (a line)"),
});

export type CommandConfig = z.output<typeof CommandConfig>;

/** The text of a word or a variable's value. */
export function textOf(word: z.output<typeof Word>): string {
  return typeof word === "string" ? word : JSON.stringify(word);
}

function namesOne(input: unknown): boolean {
  if (typeof input !== "object" || input === null) return false;
  return Object.hasOwn(input, "argv") !== Object.hasOwn(input, "shell");
}
