import type { Session } from "../session/open-session.ts";
import { unreachable } from "../unreachable.ts";
import type { Launch } from "./launch.ts";
import { startNode } from "./node/start-node.ts";
import { startPython } from "./python/start-python.ts";

/** How the session's program is started; `environment` is what it gets besides what the config says. */
export async function startProgram(session: Session, environment: Readonly<Record<string, string>>): Promise<Launch> {
  switch (session.target) {
    case "node":
      return startNode(session);
    case "python":
      return startPython(session, environment);
    default:
      return unreachable(session.target);
  }
}
