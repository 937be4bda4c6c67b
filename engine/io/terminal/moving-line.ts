import type { Ora } from "ora";

/** A terminal without a size has no room for a line that moves, and ora would count its lines for ever. */
export function hasMovingLine(terminal: "interactive" | "plain", stream: NodeJS.WriteStream): boolean {
  return terminal === "interactive" && stream.columns > 0;
}

/**
 * A line that moves below what is printed, once it is started. A person may type ahead, and Ctrl-C is the engine's to
 * hear.
 */
export async function movingLine(stream: NodeJS.WriteStream, colour: "on" | "off"): Promise<Ora> {
  const { default: ora } = await import("ora");
  return ora({ stream, color: colour === "on" ? "cyan" : false, discardStdin: false, isEnabled: true });
}
