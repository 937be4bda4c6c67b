import { type Matcher, matcher } from "./matcher.ts";
import type { ExecAction, Filter, ScopeRule, ScopeSelectorKind, ValueAction, ValueSelectorKind } from "./model.ts";
import { relativeTo } from "./relative-to.ts";
import { stricter } from "./stricter.ts";

/** A place in code, as filters see it. */
export interface Location {
  /** The dotted name of its module. */
  readonly module: string;
  /** Absolute, with `/`. */
  readonly file: string;
  /** The qualified name within the module. */
  readonly object: string;
}

/** What the rules say of a location. */
export interface Resolution {
  readonly exec: ExecAction;
  /** The rule that matched last, as a position in the filter's rules; undefined where none did. */
  readonly rule: number | undefined;
  /** What becomes of a value, by kind and name. Answers are kept. */
  action(kind: ValueSelectorKind, name: string): ValueAction;
  /** Whether some name of that kind may be withheld. */
  withholds(kind: ValueSelectorKind): boolean;
}

interface CompiledRule {
  readonly rule: ScopeRule;
  readonly matches: Matcher;
  readonly patterns: readonly {
    readonly kind: ValueSelectorKind;
    readonly matches: Matcher;
    readonly action: ValueAction;
  }[];
}

/**
 * Decides by a filter. All rules are walked in order; each one that matches sets what it says, and brings its patterns
 * in place of those before. What earlier *sources* redact or drop stays so, unless a rule overrides it.
 */
export class FilterEngine {
  readonly #filter: Filter;
  readonly #rules: readonly CompiledRule[];
  /** By file, module and object: no key is built for a look-up. */
  readonly #resolutions = new Map<string, Map<string, Map<string, Resolution>>>();

  constructor(filter: Filter) {
    this.#filter = filter;
    const compiled = new Map<string, Matcher>();
    const compile = (selector: Parameters<typeof matcher>[0]) => {
      const key = `${selector.match} ${selector.pattern}`;
      const known = compiled.get(key) ?? matcher(selector);
      compiled.set(key, known);
      return known;
    };
    this.#rules = filter.rules.map((rule) => ({
      rule,
      matches: compile(rule.selector),
      patterns: rule.patterns.map(({ selector, action }) => ({
        kind: selector.kind,
        matches: compile(selector),
        action,
      })),
    }));
  }

  /** The decision for a location; it is kept, so that every further one costs a look-up. */
  resolve(location: Location): Resolution {
    const objects = inner(inner(this.#resolutions, location.file), location.module);
    const known = objects.get(location.object);
    if (known !== undefined) return known;
    const resolution = this.#classify(location);
    objects.set(location.object, resolution);
    return resolution;
  }

  #classify(location: Location): Resolution {
    let exec = this.#filter.exec;
    let value = this.#filter.value;
    let valueSource = this.#filter.valueSource;
    let last: { readonly compiled: CompiledRule; readonly index: number } | undefined;
    /** Rules that matched, of which the withholding patterns of earlier sources stay in force. */
    let earlier: readonly CompiledRule[] = [];
    for (const [index, compiled] of this.#rules.entries()) {
      if (!compiled.matches(this.#subject(location, compiled.rule))) continue;
      const { rule } = compiled;
      exec = rule.exec ?? exec;
      if (rule.valueDefault !== undefined) {
        value = rule.valueDefault;
        valueSource = rule.source;
      }
      if (last !== undefined) earlier = [...earlier, last.compiled];
      if (rule.overridesRedaction) earlier = [];
      last = { compiled, index };
    }
    const standing = earlier.filter(({ rule }) => last !== undefined && rule.source < last.compiled.rule.source);
    const dropsOlder = value === "drop" ? valueSource : 0;
    const current = last !== undefined && last.compiled.rule.source >= dropsOlder ? last.compiled.patterns : [];
    return resolution(exec, value, last?.index, current, standing);
  }

  #subject({ module, file, object }: Location, { selector, source }: ScopeRule): string {
    const kind: ScopeSelectorKind = selector.kind;
    switch (kind) {
      case "pkg":
        return module;
      case "obj":
        return `${module}.${object}`;
      case "file":
        return relativeTo(this.#filter.sources[source]!.root, file) ?? file;
    }
  }
}

function resolution(
  exec: ExecAction,
  value: ValueAction,
  rule: number | undefined,
  current: CompiledRule["patterns"],
  standing: readonly CompiledRule[],
): Resolution {
  const answers = new Map<ValueSelectorKind, Map<string, ValueAction>>();
  const decide = (kind: ValueSelectorKind, name: string): ValueAction => {
    const decided = current.find((pattern) => pattern.kind === kind && pattern.matches(name))?.action ?? value;
    const withheld = standing.map((earlier) => standingAction(earlier, kind, name));
    return [decided, ...withheld].reduce(stricter);
  };
  return {
    exec,
    rule,
    action(kind, name) {
      const ofKind = inner(answers, kind);
      const known = ofKind.get(name);
      if (known !== undefined) return known;
      const answer = decide(kind, name);
      ofKind.set(name, answer);
      return answer;
    },
    withholds: (kind) =>
      value !== "allow" ||
      current.some((pattern) => pattern.kind === kind && pattern.action !== "allow") ||
      standing.some(
        ({ rule: { valueDefault }, patterns }) =>
          (valueDefault ?? "allow") !== "allow" ||
          patterns.some((pattern) => pattern.kind === kind && pattern.action !== "allow"),
      ),
  };
}

/** What a rule of an earlier source still says: its first pattern that matches, else what it set for all values. */
function standingAction({ rule, patterns }: CompiledRule, kind: ValueSelectorKind, name: string): ValueAction {
  const found = patterns.find((pattern) => pattern.kind === kind && pattern.matches(name));
  return found?.action ?? rule.valueDefault ?? "allow";
}

/** The map that a map of maps holds under a key, made where there is none. */
function inner<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const made = new Map<L, V>();
  maps.set(key, made);
  return made;
}
