import { RE2JS } from "re2js";
import { globPattern } from "./glob-pattern.ts";
import type { MatchType } from "./model.ts";

/** Tells whether a text is matched. */
export type Matcher = (text: string) => boolean;

/**
 * Compiles a selector's pattern: `literal` is equality, `glob` matches the whole text, `regex` searches in it. RE2
 * takes time linear in the text, whatever the pattern.
 *
 * @throws Error where the pattern is no RE2 expression.
 */
export function matcher({ match, pattern }: { readonly match: MatchType; readonly pattern: string }): Matcher {
  switch (match) {
    case "literal":
      return (text) => text === pattern;
    case "glob": {
      const compiled = RE2JS.compile(globPattern(pattern), RE2JS.DOTALL);
      return (text) => compiled.testExact(text);
    }
    case "regex": {
      const compiled = RE2JS.compile(pattern);
      return (text) => compiled.test(text);
    }
  }
}
