import { defineToken, type Token } from "@orchestrate/sdk";
import type { Session } from "../session/open-session.ts";
import type { Launch } from "./launch.ts";

/** The service that knows how programs of one language are recorded. */
export interface Tracer {
  /** How the session's program is started; `environment` is what it gets besides what the config says. */
  start(session: Session, environment: Readonly<Record<string, string>>): Promise<Launch>;
}

export const NodeTracer: Token<Tracer> = defineToken("recorder/node-tracer");
export const PythonTracer: Token<Tracer> = defineToken("recorder/python-tracer");
