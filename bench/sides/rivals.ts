import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Graph } from "../graph.ts";
import { isInstalled } from "../run-program.ts";
import { make } from "./make.ts";
import { ninja } from "./ninja.ts";
import type { Side } from "./side.ts";
import { turbo } from "./turbo.ts";

/** The rivals that are to be had on this machine, each with the graph in a directory of its own. */
export function rivals(graph: Graph, directory: string, wanted: readonly ("ninja" | "make" | "turbo")[]): Side[] {
  return wanted.flatMap((name) => {
    if (name !== "turbo" && !isInstalled(name)) {
      console.log(`${name} is not installed, and is left out.`);
      return [];
    }
    const place = makeDirectory(directory, name);
    switch (name) {
      case "ninja":
        return [ninja(graph, place)];
      case "make":
        return [make(graph, place)];
      case "turbo":
        return turbo(graph, place);
      default:
        return name satisfies never;
    }
  });
}

/** A new directory for one side. */
export function makeDirectory(parent: string, name: string): string {
  const directory = join(parent, name);
  mkdirSync(directory);
  return directory;
}
