import type { FilterEngine } from "../../filter/filter-engine.ts";
import { moduleName } from "../../filter/module-name.ts";
import { Counter, Definition, Op } from "../stream/format.ts";
import type { EventBuffer } from "./event-buffer.ts";
import type { FunctionFacts, Slot } from "./function-facts.ts";
import type { Decision, Registry } from "./instrument/walk.ts";
import type { PristineBuiltins } from "./pristine-builtins.ts";
import type { Probe } from "./probe.ts";
import type { FieldAction } from "./value-limits.ts";

const KINDS = ["arg", "local", "global", "ret", "attr"] as const;

export interface ProgramRegistryOptions {
  readonly probe: Probe;
  readonly definitions: EventBuffer;
  readonly engine: FilterEngine;
  readonly root: string;
  readonly pristine: PristineBuiltins;
}

/** Gives ids to what instrumented code of one thread refers to, and tells the stream what they stand for. */
export class ProgramRegistry {
  readonly #probe: Probe;
  readonly #definitions: EventBuffer;
  readonly #engine: FilterEngine;
  readonly #root: string;
  readonly #pristine: PristineBuiltins;
  readonly #variables = new Map<string, number>();
  #paths = 0;

  constructor({ probe, definitions, engine, root, pristine }: ProgramRegistryOptions) {
    this.#probe = probe;
    this.#definitions = definitions;
    this.#engine = engine;
    this.#root = root;
    this.#pristine = pristine;
  }

  /** The registry of one file, and the decisions for what is in it. */
  file(path: string): { readonly registry: Registry; decide(object: string): Decision } {
    const module = moduleName(this.#root, path);
    return { registry: this.#registryOf(path), decide: (object) => this.#decide({ module, file: path, object }) };
  }

  /** What was defined must be in the stream before anything refers to it. */
  flush(): void {
    this.#definitions.flush();
  }

  #registryOf(path: string): Registry {
    const define = (kind: number) => this.#definitions.begin(Op.define, kind);
    const pathId = this.#paths;
    this.#paths += 1;
    define(Definition.path);
    this.#definitions.text(path);
    this.#definitions.end();
    return {
      function: (name: string, line: number, facts: FunctionFacts) => {
        define(Definition.function);
        this.#definitions.word(pathId);
        this.#definitions.word(line);
        this.#definitions.text(name);
        this.#definitions.end();
        return this.#probe.functions.push(facts) - 1;
      },
      site: (line: number, slots: readonly Slot[]) => {
        define(Definition.site);
        this.#definitions.word(pathId);
        this.#definitions.word(line);
        this.#definitions.end();
        return this.#probe.sites.push(slots) - 1;
      },
      variable: (name: string) => {
        const known = this.#variables.get(name);
        if (known !== undefined) return known;
        define(Definition.variable);
        this.#definitions.text(name);
        this.#definitions.end();
        this.#variables.set(name, this.#variables.size);
        return this.#variables.size - 1;
      },
    };
  }

  #decide(location: { readonly module: string; readonly file: string; readonly object: string }): Decision {
    const resolution = this.#engine.resolve(location);
    if (resolution.exec === "skip") {
      this.#definitions.begin(Op.count, Counter.scopesSkipped);
      this.#definitions.word(1);
      this.#definitions.end();
    }
    const fields: FieldAction | undefined = resolution.withholds("attr")
      ? remembered((name) => this.#pristine.run(() => resolution.action("attr", name)))
      : undefined;
    return {
      traced: resolution.exec === "trace",
      variable: (kind, name) => resolution.action(KINDS[kind]!, name),
      fields,
    };
  }
}

/** Answers are kept without a method that the program could have replaced. */
function remembered(decide: FieldAction): FieldAction {
  const answers = Object.create(null) as Record<string, ReturnType<FieldAction>>;
  return (name) => {
    const known = answers[name];
    if (known !== undefined) return known;
    const answer = decide(name);
    answers[name] = answer;
    return answer;
  };
}
