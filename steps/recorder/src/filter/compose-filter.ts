import { StepError } from "@orchestrate/sdk";
import { fileSelector } from "./file-selector.ts";
import type { FilterDocument } from "./filter-document.ts";
import type { ExecAction, Filter, ScopeRule, ScopeSelectorKind, ValueAction, ValueSelectorKind } from "./model.ts";
import { filterInvalid } from "./parse-filter.ts";
import { parseSelector } from "./parse-selector.ts";

export interface LoadedSource {
  readonly path: string;
  readonly sha256: string;
  /** What its file selectors are relative to. */
  readonly root: string;
  readonly document: FilterDocument;
}

const SCOPE_KINDS: readonly ScopeSelectorKind[] = ["pkg", "file", "obj"];
const VALUE_KINDS: readonly ValueSelectorKind[] = ["local", "global", "arg", "ret", "attr"];

/**
 * Makes one filter of several: rules are appended, later defaults and io replace earlier ones, and `inherit` keeps
 * them.
 *
 * @throws StepError `filter-invalid` or `filter-empty`.
 */
export function composeFilter(sources: readonly LoadedSource[]): Filter {
  if (sources.length === 0) {
    throw new StepError({
      error: "filter-empty",
      category: "input",
      detail: "There is no filter at all.",
      hint: "Leave the built-in filter on, or name one.",
    });
  }
  let exec: ExecAction | undefined;
  let value: { readonly action: ValueAction; readonly source: number } | undefined;
  let io: Filter["io"] = { capture: false, streams: [] };
  const rules: ScopeRule[] = [];
  for (const [index, source] of sources.entries()) {
    const { scope } = source.document;
    if (scope.default_exec !== "inherit") exec = scope.default_exec;
    if (scope.default_value_action !== "inherit") value = { action: scope.default_value_action, source: index };
    if (exec === undefined) throw filterInvalid(source.path, "scope.default_exec inherits, and nothing stands before");
    if (value === undefined) {
      throw filterInvalid(source.path, "scope.default_value_action inherits, and nothing stands before");
    }
    io = source.document.io ?? io;
    rules.push(...scope.rules.map((rule, position) => scopeRule(rule, source, index, `scope.rules.${position}`)));
  }
  return {
    sources: sources.map(({ path, sha256, root, document: { meta } }) => ({
      path,
      sha256,
      root,
      name: meta.name,
      version: meta.version,
    })),
    exec: exec!,
    value: value!.action,
    valueSource: value!.source,
    rules,
    io,
  };
}

function scopeRule(
  rule: FilterDocument["scope"]["rules"][number],
  source: LoadedSource,
  index: number,
  field: string,
): ScopeRule {
  const selector = attempt(source, `${field}.selector`, () =>
    fileSelector(parseSelector(rule.selector, SCOPE_KINDS), source.root),
  );
  return {
    selector,
    exec: rule.exec === "inherit" ? undefined : rule.exec,
    valueDefault: rule.value_default === "inherit" ? undefined : rule.value_default,
    patterns: rule.value_patterns.map(({ selector: text, action }, position) => ({
      selector: attempt(source, `${field}.value_patterns.${position}.selector`, () => parseSelector(text, VALUE_KINDS)),
      action,
    })),
    overridesRedaction: rule.override_redaction,
    source: index,
  };
}

function attempt<T>({ path }: LoadedSource, field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw filterInvalid(path, `${field}: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}
