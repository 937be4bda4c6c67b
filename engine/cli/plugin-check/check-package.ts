import { relative } from "node:path";
import { packedPackage } from "../../io/plugins/packed-package.ts";
import type { Plugin } from "../../io/plugins/plugin.ts";
import { formatCount } from "../../io/terminal/format-count.ts";
import { about, type Finding } from "./finding.ts";
import { modulesOf } from "./modules-of.ts";

const { ok, warning, broken } = about("package");

/** Whether what is published holds the modules that the block names, and whether its `exports` lead somewhere. */
export async function checkPackage(plugin: Plugin): Promise<readonly Finding[]> {
  const packed = await packedPackage(plugin.directory).catch((error: unknown) => String(error));
  if (typeof packed === "string") {
    return [warning("package", `What would be published is not known: ${packed}`, "Have npm on the PATH.")];
  }
  const left = modulesOf(plugin)
    .map(({ name, module }) => ({ name, file: relative(plugin.directory, module) }))
    .filter(({ file }) => !packed.files.has(file));
  const findings = [
    ...left.map(({ name, file }) =>
      broken(
        "package",
        `${name} is ./${file}, which would not be published.`,
        'Name its folder in "files" of package.json.',
      ),
    ),
    ...packed.problems.map(({ severity, text }) =>
      (severity === "error" ? broken : warning)("package", text, "See https://publint.dev/rules."),
    ),
  ];
  return findings.length > 0
    ? findings
    : [ok("package", `${formatCount(packed.files.size, "file")} would be published`)];
}
