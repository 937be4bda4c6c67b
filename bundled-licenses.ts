import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "rolldown";

/**
 * Writes LICENSES.txt beside a bundle: name, version and licence text of every package of which there is code in it, as
 * their licences ask for.
 */
export function bundledLicenses(): Plugin {
  return {
    name: "bundled-licenses",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
      const packages = new Set(modules.flatMap((id) => packageOf(id) ?? []));
      const source = [...packages].sort().map(licenceOf).join("\n\n");
      this.emitFile({ type: "asset", fileName: "LICENSES.txt", source: `${source}\n` });
    },
  };
}

/** The directory of the installed package that a module is of; undefined for the project's own. */
function packageOf(module: string): string | undefined {
  return /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(module)?.[1];
}

function licenceOf(directory: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as Stated;
  const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file === undefined ? "Its package holds no text of it." : readFileSync(join(directory, file), "utf8").trim();
  return `${name} ${version} (${license})\n\n${text}`;
}

interface Stated {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}
