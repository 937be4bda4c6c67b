import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { applyEdits, type FormattingOptions, modify } from "jsonc-parser";
import type { PluginEntry } from "./read-plugins-file.ts";

type Written = Omit<PluginEntry, "options"> & { readonly options?: PluginEntry["options"] };

/** Puts an entry into a plugins.json, in place of one of the same name, and leaves every other character as it is. */
export function putEntry(file: string, entry: Written): void {
  write(file, withEntry(existsSync(file) ? readFileSync(file, "utf8") : EMPTY, entry));
}

function withEntry(text: string, entry: Written): string {
  const at = indexOf(text, entry.name);
  if (at < 0) return edited(text, ["plugins", -1], entry, "insert");
  if (typeof entriesOf(text)[at] === "string") return edited(text, ["plugins", at], entry, "replace");
  // What the user wrote of it, as its options, stays.
  const fields = Object.entries(entry).filter(([key]) => key !== "name");
  return fields.reduce((changed, [key, value]) => edited(changed, ["plugins", at, key], value, "replace"), text);
}

/** Takes an entry out. @returns whether there was one. */
export function dropEntry(file: string, name: string): boolean {
  const text = readFileSync(file, "utf8");
  const at = indexOf(text, name);
  if (at < 0) return false;
  write(file, edited(text, ["plugins", at], undefined, "replace"));
  return true;
}

const EMPTY = '{\n  "plugins": []\n}\n';

function indexOf(text: string, name: string): number {
  return entriesOf(text).findIndex((entry) => (typeof entry === "string" ? entry : entry.name) === name);
}

function entriesOf(text: string): readonly (string | { readonly name: string })[] {
  return (JSON.parse(text) as { readonly plugins: readonly (string | { readonly name: string })[] }).plugins;
}

function edited(text: string, path: (string | number)[], value: unknown, how: "insert" | "replace"): string {
  const formattingOptions = formattingOf(text);
  return applyEdits(text, modify(text, path, value, { formattingOptions, isArrayInsertion: how === "insert" }));
}

/** As the file is written already. */
function formattingOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
  return {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.startsWith("\t") ? 1 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}

/** In one move, so that no reader sees half of it. */
function write(file: string, text: string): void {
  const coming = `${file}.coming`;
  writeFileSync(coming, text);
  renameSync(coming, file);
}
