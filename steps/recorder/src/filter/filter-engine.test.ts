import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_FILTER } from "./builtin/default-filter.ts";
import { FRAMEWORK_FILTERS } from "./builtin/framework-filters.ts";
import { FilterEngine } from "./filter-engine.ts";
import { loadFilter } from "./load-filter.ts";

const builtin = { inline: "builtin-default", text: DEFAULT_FILTER };

function engine(...bodies: readonly string[]): FilterEngine {
  const sources = bodies.map((body, index) => ({ inline: `f${index}`, text: body }));
  return new FilterEngine(loadFilter(sources, "/project"));
}

function source(exec: string, value: string, ...rules: readonly string[]): string {
  return `[meta]\nname = "n"\nversion = 1\n[scope]\ndefault_exec = "${exec}"\ndefault_value_action = "${value}"\n${rules.join("\n")}`;
}

function rule(selector: string, more: string, ...patterns: readonly (readonly [string, string])[]): string {
  const values = patterns.map(
    ([pattern, action]) => `[[scope.rules.value_patterns]]\nselector = "${pattern}"\naction = "${action}"\n`,
  );
  return `[[scope.rules]]\nselector = "${selector}"\n${more}\n${values.join("")}`;
}

const here = { module: "app.db", file: "/project/app/db.py", object: "Pool.get" };

describe("the engine", () => {
  it("lets the last rule that matches decide, and keeps what it does not say", () => {
    const { exec, rule: last } = engine(
      source(
        "trace",
        "allow",
        rule("pkg:app.*", 'exec = "skip"'),
        rule("obj:literal:app.db.Pool.get", 'exec = "trace"'),
        rule("file:app/*.py", 'value_default = "redact"'),
        rule("pkg:other", 'exec = "skip"'),
      ),
    ).resolve(here);
    expect([exec, last]).toEqual(["trace", 2]);
  });

  it("takes the patterns of the last rule of a source in place of those before", () => {
    const { action } = engine(
      source(
        "trace",
        "allow",
        rule("pkg:app.*", "", ["local:a", "drop"]),
        rule("pkg:app.db", "", ["local:b", "redact"], ["local:*", "drop"]),
      ),
    ).resolve(here);
    expect([action("local", "a"), action("local", "b"), action("arg", "b")]).toEqual(["drop", "redact", "allow"]);
  });

  it("keeps what an earlier source withholds, unless a rule overrides it", () => {
    const first = source("trace", "allow", rule("pkg:**", "", ["arg:key", "redact"], ["local:*", "drop"]));
    const inherits = (more: string) => source("inherit", "inherit", rule("pkg:app.db", more, ["arg:key", "allow"]));
    const kept = engine(first, inherits("")).resolve(here);
    expect([kept.action("arg", "key"), kept.action("local", "x")]).toEqual(["redact", "drop"]);
    const lifted = engine(first, inherits("override_redaction = true")).resolve(here);
    expect([lifted.action("arg", "key"), lifted.action("local", "x")]).toEqual(["allow", "allow"]);
  });

  it("leaves out patterns that are older than a default of drop", () => {
    const first = source("trace", "allow", rule("pkg:**", "", ["local:a", "allow"]));
    const { action } = engine(first, source("inherit", "drop")).resolve(here);
    expect(action("local", "a")).toBe("drop");
    const same = engine(source("trace", "drop", rule("pkg:**", "", ["local:a", "allow"]))).resolve(here);
    expect([same.action("local", "a"), same.action("local", "b")]).toEqual(["allow", "drop"]);
  });

  it("matches files below the project by relative path, others by absolute", () => {
    const skips = engine(
      source("trace", "allow", rule("file:app/db.py", 'exec = "skip"'), rule("file:regex:^/usr/lib/", 'exec = "skip"')),
    );
    expect(skips.resolve(here).exec).toBe("skip");
    expect(skips.resolve({ ...here, file: "/usr/lib/x.py" }).exec).toBe("skip");
    expect(skips.resolve({ ...here, file: "/project/app/other.py" }).exec).toBe("trace");
  });

  it("decides once for each place", () => {
    const decides = engine(source("trace", "allow"));
    expect(decides.resolve(here)).toBe(decides.resolve({ ...here }));
  });

  it("never withholds less for a further source that overrides nothing", () => {
    const action = fc.constantFrom("allow", "redact", "drop");
    const name = fc.constantFrom("a", "b", "c", "*");
    const rules = fc.array(fc.tuple(fc.constantFrom("app.*", "app.db", "**"), name, action), { maxLength: 4 });
    const text = (list: readonly (readonly [string, string, string])[]) =>
      list.map(([scope, pattern, does]) => rule(`pkg:${scope}`, "", [`local:${pattern}`, does]));
    const order = ["allow", "redact", "drop"];
    fc.assert(
      fc.property(rules, rules, fc.constantFrom("a", "b", "c"), (one, other, variable) => {
        const alone = engine(source("trace", "allow", ...text(one))).resolve(here);
        const both = engine(source("trace", "allow", ...text(one)), source("inherit", "inherit", ...text(other)));
        const rank = (answer: string) => order.indexOf(answer);
        expect(rank(both.resolve(here).action("local", variable))).toBeGreaterThanOrEqual(
          rank(alone.action("local", variable)),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe("the built-in filter", () => {
  const resolution = new FilterEngine(loadFilter([builtin], "/project")).resolve(here);

  it.each(
    "password passwd pwd user_password userPassword dbpassword apiKey API_KEY x-api-key token accessToken refresh_token session sessionId cookie auth authHeader AUTH creds bearer ssn credit creditCard card cards iban cvv cvc pan PAN userPAN jwt JWT privateKey ssh_key secret client_secret passphrase pin otp csrf2".split(
      " ",
    ),
  )("redacts %s", (name) => {
    for (const kind of ["local", "global", "arg", "ret", "attr"] as const) {
      expect(resolution.action(kind, name)).toBe("redact");
    }
  });

  it.each(
    "company author authority discard scar cardinal span panel japan expand pinned spin obsessions passenger compass bypass tokenizer cookieless secretary keyboard incredible creditor key name i".split(
      " ",
    ),
  )("lets %s be", (name) => {
    expect(resolution.action("local", name)).toBe("allow");
  });

  it("skips the language and installed packages, and no more", () => {
    const filter = new FilterEngine(loadFilter([builtin], "/project"));
    const exec = (file: string, module = "m") => filter.resolve({ module, file, object: "f" }).exec;
    expect(exec("/usr/lib/python3.11/json/decoder.py", "json.decoder")).toBe("skip");
    expect(exec("/project/node_modules/lodash/index.js")).toBe("skip");
    expect(exec("/venv/lib/python3.12/site-packages/requests/api.py")).toBe("skip");
    expect(exec("/project/lib/python/tool.py")).toBe("trace");
    expect(exec("/project/asyncio_tools.py", "asyncio_tools")).toBe("trace");
  });

  it("lets a project's rule bring a package back, and its secrets stay withheld", () => {
    const more = {
      inline: "more",
      text: source("inherit", "inherit", rule("file:**/node_modules/lodash/**", 'exec = "trace"')),
    };
    const back = new FilterEngine(loadFilter([builtin, more], "/project"));
    const found = back.resolve({
      module: "lodash.index",
      file: "/project/node_modules/lodash/index.js",
      object: "map",
    });
    expect([found.exec, found.action("arg", "password")]).toEqual(["trace", "redact"]);
  });

  it("has filters for test frameworks", () => {
    for (const text of Object.values(FRAMEWORK_FILTERS)) {
      const both = new FilterEngine(loadFilter([builtin, { inline: "framework", text }], "/project"));
      expect(both.resolve({ module: "mine", file: "/project/mine.py", object: "f" }).exec).toBe("trace");
    }
  });
});
