/** Filters for test frameworks, by name: the framework is skipped, what it runs is recorded. */
export const FRAMEWORK_FILTERS = {
  pytest: frameworkFilter("pytest", "_pytest|pytest|pytest_[a-z0-9_]+|pluggy|py|iniconfig|exceptiongroup"),
  unittest: frameworkFilter("unittest", "unittest"),
  mocha: frameworkFilter("mocha", "mocha|chai"),
} as const;

function frameworkFilter(name: string, modules: string): string {
  return `
[meta]
name = "builtin-${name}"
version = 1

[scope]
default_exec = "inherit"
default_value_action = "inherit"

[[scope.rules]]
selector = "pkg:regex:^(?:${modules})(?:[.]|$)"
exec = "skip"
reason = "the test framework"
`;
}
