import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import type { FilterEngine, Resolution } from "../../filter/filter-engine.ts";
import type { ValueAction, ValueSelectorKind } from "../../filter/model.ts";
import { moduleName } from "../../filter/module-name.ts";
import { stricter } from "../../filter/stricter.ts";

/** Fields of a question and an answer, each on one line, are parted by this. */
const FIELD = "\u001f";

/**
 * Answers the tracer of a Python program, which asks once for each code object: `code`, the module it says it is, file,
 * qualified name, name, `local` or `global`, how many of the names are arguments, and the names. The answer is `skip`,
 * or `trace`, a key, what becomes of its result, whether attributes may be `withheld`, and what becomes of each name.
 * By the key it asks for further names: `name`, key, kind, name.
 */
export class DecisionServer implements AsyncDisposable {
  readonly #engine: FilterEngine;
  readonly #root: string;
  readonly #resolutions: Resolution[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#serve(socket));
  /** Resolves once a program is connected. */
  readonly connection = new Promise<void>((resolve) => this.#server.once("connection", () => resolve()));

  private constructor(engine: FilterEngine, root: string) {
    this.#engine = engine;
    this.#root = root;
  }

  /** Listens at a path, which must be short: a socket's is at most 107 bytes. */
  static async listen(path: string, engine: FilterEngine, root: string): Promise<DecisionServer> {
    const server = new DecisionServer(engine, root);
    await new Promise<void>((resolve, reject) => {
      server.#server.once("error", reject).listen(path, resolve);
    });
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    // A program that ends between question and answer is free to do so; the interface tells of it once more.
    const gone = () => {};
    socket.on("error", gone).on("close", () => this.#sockets.delete(socket));
    const lines = createInterface({ input: socket }).on("error", gone);
    lines.on("line", (line) => socket.write(`${this.#answer(line.split(FIELD))}\n`));
  }

  #answer([question, ...fields]: readonly string[]): string {
    if (question === "code") return this.#code(fields).join(FIELD);
    const [key = "", kind = "", name = ""] = fields;
    return this.#resolutions[Number(key)]?.action(kind as ValueSelectorKind, name) ?? "drop";
  }

  #code([hint = "", file = "", object = "", name = "", kind = "", count = "", ...names]: readonly string[]): string[] {
    const module = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(hint)
      ? hint
      : moduleName(this.#root, file);
    const resolution = this.#engine.resolve({ module, file, object });
    if (resolution.exec === "skip") return ["skip"];
    const key = this.#resolutions.push(resolution) - 1;
    const actions = names.map((variable, index) => actionOf(resolution, kind, variable, index < Number(count)));
    const withholds = resolution.withholds("attr") ? "withholds" : "allows";
    return ["trace", String(key), resolution.action("ret", name), withholds, ...actions];
  }
}

function actionOf(resolution: Resolution, kind: string, name: string, isArgument: boolean): ValueAction {
  const action = resolution.action(kind === "global" ? "global" : "local", name);
  return isArgument ? stricter(action, resolution.action("arg", name)) : action;
}
