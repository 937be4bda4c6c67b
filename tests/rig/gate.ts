import { createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import type { Project } from "./project.ts";

/** A process that waits at the gate. */
export interface Held {
  readonly name: string;
  readonly pid: number;
  /** Lets it go on. */
  release(): void;
  /** Resolves once its connection has ended, as it does when it dies. */
  readonly gone: Promise<void>;
}

/** Where processes of a test wait until they are released: a socket that they connect to and say their name. */
export class Gate {
  readonly #server: Server;
  readonly #arrived = new Map<string, Held[]>();
  readonly #awaited = new Map<string, ((held: Held) => void)[]>();
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((socket) => this.#greet(socket));
  }

  static async open(project: Project): Promise<Gate> {
    const gate = new Gate();
    await new Promise<void>((resolve) => gate.#server.listen(join(project.outside, "gate"), resolve));
    return gate;
  }

  /** The next one of this name that arrives, or has arrived and was not asked for yet. */
  arrival(name: string): Promise<Held> {
    const held = this.#arrived.get(name)?.shift();
    if (held !== undefined) return Promise.resolve(held);
    return new Promise((resolve) => this.#awaited.set(name, [...(this.#awaited.get(name) ?? []), resolve]));
  }

  /** Closes the gate; who still waits is let go. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #greet(socket: Socket): void {
    this.#sockets.add(socket);
    const gone = new Promise<void>((resolve) => socket.on("close", () => resolve()));
    let text = "";
    socket.setEncoding("utf8").on("error", () => {});
    socket.on("data", (chunk: string) => {
      text += chunk;
      if (!text.endsWith("\n")) return;
      const [name, pid] = JSON.parse(text) as [string, number];
      text = "";
      this.#arrive({ name, pid, gone, release: () => void socket.write("go\n") });
    });
  }

  #arrive(held: Held): void {
    const waiting = this.#awaited.get(held.name)?.shift();
    if (waiting !== undefined) waiting(held);
    else this.#arrived.set(held.name, [...(this.#arrived.get(held.name) ?? []), held]);
  }
}
