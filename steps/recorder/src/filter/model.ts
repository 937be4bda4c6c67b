/** Whether code is recorded. */
export type ExecAction = "trace" | "skip";

/** What becomes of a value: it is written, its place is kept and the value is not, or nothing of it is written. */
export type ValueAction = "allow" | "redact" | "drop";

/** What scope selectors look at: a dotted module name, a file, or a module's object by its qualified name. */
export type ScopeSelectorKind = "pkg" | "file" | "obj";

/** What value selectors look at, by name. */
export type ValueSelectorKind = "local" | "global" | "arg" | "ret" | "attr";

export type MatchType = "glob" | "regex" | "literal";

export interface Selector<K extends string> {
  readonly kind: K;
  readonly match: MatchType;
  readonly pattern: string;
}

export interface ValuePattern {
  readonly selector: Selector<ValueSelectorKind>;
  readonly action: ValueAction;
}

export interface ScopeRule {
  readonly selector: Selector<ScopeSelectorKind>;
  readonly exec: ExecAction | undefined;
  readonly valueDefault: ValueAction | undefined;
  readonly patterns: readonly ValuePattern[];
  /** Whether it lifts what earlier sources redact and drop. */
  readonly overridesRedaction: boolean;
  /** The position of its source in `sources`. */
  readonly source: number;
}

/** Where rules came from. */
export interface FilterSource {
  /** An absolute path, or `<inline:NAME>`. */
  readonly path: string;
  /** Of its bytes, in hex. */
  readonly sha256: string;
  readonly name: string;
  readonly version: number;
  /** What its file selectors are relative to. */
  readonly root: string;
}

/** All sources of a recording, composed: plain JSON, which the tracer of a Node program is given as it is. */
export interface Filter {
  readonly sources: readonly FilterSource[];
  readonly exec: ExecAction;
  readonly value: ValueAction;
  /** The source that said the default for values; patterns of older ones don't hold where it is `drop`. */
  readonly valueSource: number;
  readonly rules: readonly ScopeRule[];
  readonly io: { readonly capture: boolean; readonly streams: readonly ("stdout" | "stderr" | "stdin" | "files")[] };
}
