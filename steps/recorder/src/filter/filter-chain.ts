import { resolve } from "node:path";
import { DEFAULT_FILTER } from "./builtin/default-filter.ts";
import { FRAMEWORK_FILTERS } from "./builtin/framework-filters.ts";
import type { SourceOrigin } from "./load-filter.ts";
import { projectFilter } from "./project-filter.ts";

export interface FilterChainOptions {
  readonly program: string;
  /** Built-in filters that are on, by name. */
  readonly builtin: readonly ("default" | keyof typeof FRAMEWORK_FILTERS)[];
  /** CODETRACER_TRACE_FILTER: paths parted by `::`. */
  readonly environment: string | undefined;
  /** Those of the config, absolute. */
  readonly files: readonly string[];
}

/** The sources of a recording's filter in their order: built-in, the project's, the environment's, the config's. */
export function filterChain({ program, builtin, environment, files }: FilterChainOptions): readonly SourceOrigin[] {
  const project = projectFilter(program);
  const named = (environment ?? "").split("::").filter((path) => path.trim() !== "");
  const paths = [...(project === undefined ? [] : [project]), ...named.map((path) => resolve(path.trim())), ...files];
  return [
    ...builtin.map((name) => ({
      inline: `builtin-${name}`,
      text: name === "default" ? DEFAULT_FILTER : FRAMEWORK_FILTERS[name],
    })),
    ...[...new Set(paths)].map((path) => ({ path })),
  ];
}
