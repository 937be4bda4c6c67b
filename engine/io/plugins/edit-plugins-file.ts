import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isMap, isSeq, parseDocument } from "yaml";
import type { PluginEntry } from "./read-plugins-file.ts";

type Written = Omit<PluginEntry, "options"> & { readonly options?: PluginEntry["options"] };

/**
 * Puts an entry into a valid plugins.json, in place of one of the same name, and leaves every other character as it is.
 */
export function putEntry(file: string, entry: Written): void {
  write(file, withEntry(existsSync(file) ? readFileSync(file, "utf8") : EMPTY, entry));
}

/** Takes an entry out. @returns whether there was one. */
export function dropEntry(file: string, name: string): boolean {
  const text = readFileSync(file, "utf8");
  const without = withoutEntry(text, name);
  if (without === undefined) return false;
  write(file, without);
  return true;
}

const EMPTY = '{\n  "plugins": []\n}\n';

function withEntry(text: string, entry: Written): string {
  const { start, end, items } = entriesOf(text);
  const old = items.find(({ name }) => name === entry.name);
  // What the user wrote of it, as its options, stays.
  if (old !== undefined)
    return spliced(text, old.start, old.end, rendered(text, { ...old.fields, ...entry }, old.start));
  const last = items.at(-1);
  if (last === undefined) return spliced(text, start, end, `[${onLines(text, entry, start)}${lineAt(text, start)}]`);
  const isOneLine = !text.slice(start, end).includes("\n");
  const added = isOneLine
    ? ` ${rendered(text, entry, last.start)}`
    : `${lineAt(text, last.start)}${rendered(text, entry, last.start)}`;
  return spliced(text, last.end, last.end, `,${added}`);
}

function withoutEntry(text: string, name: string): string | undefined {
  const { start, end, items } = entriesOf(text);
  const at = items.findIndex((item) => item.name === name);
  const [before, item, after] = [items[at - 1], items[at], items[at + 1]];
  if (item === undefined) return undefined;
  if (after !== undefined) return spliced(text, item.start, after.start, "");
  if (before !== undefined) return spliced(text, before.end, item.end, "");
  return spliced(text, start, end, "[]");
}

interface Item {
  readonly name: string;
  readonly fields: object;
  readonly start: number;
  readonly end: number;
}

/** Where the list and its entries stand. JSON is YAML, whose parser tells the place of everything. */
function entriesOf(text: string): { readonly start: number; readonly end: number; readonly items: readonly Item[] } {
  const list = parseDocument(text).get("plugins", true);
  if (!isSeq(list)) throw new TypeError("plugins.json was checked to hold a list");
  const [start, end] = list.range!;
  const items = list.items.map((node): Item => {
    const fields: object = isMap(node) ? node.toJSON() : { name: String(node) };
    const [from, to] = (node as { readonly range: readonly [number, number, number] }).range;
    return { name: (fields as { readonly name: string }).name, fields, start: from, end: to };
  });
  return { start, end, items };
}

function onLines(text: string, entry: object, at: number): string {
  const indent = `${lineAt(text, at)}${unitOf(text)}`;
  return `${indent}${JSON.stringify(entry, null, unitOf(text)).replaceAll("\n", indent)}`;
}

/** On one line where that is how the place looks: where something stands before it on its line. */
function rendered(text: string, entry: object, at: number): string {
  const isFirstOfLine = text.slice(0, at).trimEnd().length < text.lastIndexOf("\n", at) + 1;
  if (isFirstOfLine) return JSON.stringify(entry, null, unitOf(text)).replaceAll("\n", lineAt(text, at));
  return JSON.stringify(entry, null, 1).replaceAll(/\n\s*/g, " ");
}

/** A line's end, and the indent of the line at a place. */
function lineAt(text: string, at: number): string {
  const begin = text.lastIndexOf("\n", at - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(begin))?.[0] ?? "";
  return `${text.includes("\r\n") ? "\r\n" : "\n"}${indent}`;
}

function unitOf(text: string): string {
  return /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
}

function spliced(text: string, start: number, end: number, inserted: string): string {
  return text.slice(0, start) + inserted + text.slice(end);
}

/** In one move, so that no reader sees half of it. */
function write(file: string, text: string): void {
  const coming = `${file}.coming`;
  writeFileSync(coming, text);
  renameSync(coming, file);
}
