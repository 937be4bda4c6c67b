import { expect, it } from "vitest";
import { moduleName } from "./module-name.ts";

it.each([
  ["/p/src/lib/a.ts", "src.lib.a"],
  ["/p/main.py", "main"],
  ["/p/pkg/__init__.py", "pkg"],
  ["/p/pkg/index.js", "pkg"],
  ["/p/node_modules/@scope/name/lib/x.js", "@scope.name.lib.x"],
  ["/v/lib/python3.12/site-packages/requests/api.py", "requests.api"],
  ["/elsewhere/tool.py", "tool"],
])("the module in %s is %s", (file, name) => {
  expect(moduleName("/p", file)).toBe(name);
});
