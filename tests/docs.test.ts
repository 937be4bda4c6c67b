import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { PhaseDocument } from "../engine/core/pipeline/phase-schema.ts";
import { PipelineDocument } from "../engine/core/pipeline/pipeline-schema.ts";
import { checkYaml } from "./docs/check-yaml.ts";
import { commandsAddedBy, faultOf } from "./docs/commands-of.ts";
import { anchorsOf, type Block, blocksOf, codeOf, linksOf } from "./docs/markdown.ts";
import { linesNotPrinted } from "./docs/output-of.ts";
import { PageProject } from "./docs/page-project.ts";
import { bringRoadwork } from "./docs/roadwork-project.ts";
import { scratchDirectory } from "./rig/scratch-directory.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = scratchDirectory();
const { scripts } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as { scripts: object };

const pages = globSync("**/*.md", { cwd: root, exclude: ["**/node_modules/**", "**/dist/**", "**/runs/**"] })
  .sort()
  .map((path) => ({ path, text: readFileSync(resolve(root, path), "utf8") }));
const guides = pages.filter(({ path }) => path === "README.md" || path.startsWith("docs/"));

describe("every page", () => {
  it.each(pages)("$path: its links lead somewhere", ({ path, text }) => {
    const broken = linksOf(text).filter((link) => !/^[a-z]+:/.test(link) && !leadsSomewhere(path, link));
    expect(broken).toEqual([]);
  });

  it.each(pages)("$path: its commands exist", ({ text }) => {
    const own = commandsAddedBy(blocksOf(text));
    const lines = [...codeOf(text), ...blocksOf(text).flatMap((block) => block.text.split("\n"))];
    const faults = lines
      .filter((line) => /^(npx )?orchestrate /.test(line))
      .map((line) => line.replaceAll(/'[^']*'|"[^"]*"/g, "…").split(/ [|<>]| && |\\$/)[0]!)
      .flatMap((line) => faultOf(line, own) ?? []);
    expect(faults).toEqual([]);
  });

  it.each(pages)("$path: its npm scripts exist", ({ text }) => {
    const named = [...text.matchAll(/\bnpm run (?:--\w+ )*([\w:-]+)/g)].map(([, script]) => script!);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});

describe("what a page shows works", () => {
  it.each(guides)(
    "$path",
    async ({ path, text }) => {
      const project = new PageProject(scratch);
      const blocks = blocksOf(text);
      if (blocks.some(({ language }) => language === "sh")) await bringRoadwork(project);
      project.write(path.split("/").at(-1)!, text);
      let printed = "";
      for (const block of blocks) {
        const where = `${path}:${block.line}`;
        if (block.file !== undefined) project.write(block.file, block.text);
        if (block.language === "sh" && block.file === undefined) {
          const ended = await project.sh(block.text);
          expect({ where, ...ended }).toEqual({ where, status: 0, output: ended.output });
          printed = ended.output;
        } else await checkBlock(where, block, project, printed);
      }
      expect(await project.typeFaults()).toEqual([]);
    },
    180_000,
  );
});

describe("docs/guide/pipelines.md", () => {
  const text = readFileSync(resolve(root, "docs/guide/pipelines.md"), "utf8");

  it.each([
    ...Object.keys(PhaseDocument.shape),
    ...Object.keys(PipelineDocument.shape).filter((name) => name !== "$schema"),
  ])("speaks of `%s`", (field) => {
    expect(text).toContain(`\`${field}\``);
  });
});

async function checkBlock(where: string, block: Block, project: PageProject, printed: string): Promise<void> {
  const { language, text, file } = block;
  switch (language) {
    case "":
      return;
    case "text":
      expect({ where, missing: linesNotPrinted(text, printed), printed }).toEqual({ where, missing: [], printed });
      return;
    case "json":
      expect(() => JSON.parse(text), where).not.toThrow();
      return;
    case "yaml":
      if (file === undefined) expect(() => checkYaml(text), where).not.toThrow();
      return;
    case "python":
      expect(await project.run(["python3", "-c", "import ast, sys; ast.parse(sys.stdin.read())"], text), where).toEqual(
        { status: 0, output: "" },
      );
      return;
    case "ts":
    case "js":
      project.write(file ?? `shown-at-${block.line}.${language}`, text);
      return;
    default:
      expect.unreachable(`${where}: nothing checks a block of "${language}"`);
  }
}

/** A file, or a heading in it. */
function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? resolve(root, page) : resolve(root, dirname(page), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || anchorsOf(readFileSync(target, "utf8")).includes(anchor);
}
