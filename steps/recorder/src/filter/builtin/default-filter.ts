const WORDS =
  "pass|pwd|secret|token|session|cookie|auth|creds?|bearer|ssn|credit|card|iban|cvv|cvc|pan|jwt|csrf|otp|pin";

/**
 * The filter that every recording begins with, unless it is turned off. It skips what belongs to the language and to
 * installed packages, and redacts what is named like a secret. Names are taken apart at `_`, digits and capitals, so
 * that `company`, `author` and `discard` are no secrets though `pan`, `auth` and `card` are.
 */
export const DEFAULT_FILTER = String.raw`
[meta]
name = "builtin-default"
version = 1
description = "Skips the language and installed packages; redacts what is named like a secret."

[io]
capture = true
streams = ["stdout", "stderr"]

[scope]
default_exec = "trace"
default_value_action = "allow"

[[scope.rules]]
selector = 'file:regex:(?:^|/)lib/python[0-9.]+/|\\Lib\\'
exec = "skip"
reason = "the standard library of Python"

[[scope.rules]]
selector = "file:regex:(?:^|/)(?:node_modules|site-packages|dist-packages)/"
exec = "skip"
reason = "installed packages"

[[scope.rules]]
selector = "pkg:regex:^(?:_virtualenv|_distutils_hack|builtins|asyncio|selectors|concurrent|importlib|threading|multiprocessing)(?:[.]|$)"
exec = "skip"
reason = "machinery of Python"

[[scope.rules]]
selector = "pkg:glob:**"
reason = "secrets, by their names"
${(["local", "global", "arg", "ret", "attr"] as const).map(secretPatterns).join("")}`;

function secretPatterns(kind: string): string {
  const capitalised = WORDS.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
  const patterns = [
    "(?i)pass(?:word|wd|phrase)|credential|(?:api|private|secret|ssh|access|signing)[_-]?key|(?:refresh|access)[_-]?token",
    `(?:^|[^A-Za-z])(?:${WORDS})s?(?:$|[^a-z])`,
    `(?:${capitalised})s?(?:$|[^a-z])`,
    `(?:^|[^A-Z])(?:${WORDS.toUpperCase()})S?(?:$|[^A-Z])`,
  ];
  return patterns
    .map(
      (pattern) => `
[[scope.rules.value_patterns]]
selector = '${kind}:regex:${pattern}'
action = "redact"
`,
    )
    .join("");
}
