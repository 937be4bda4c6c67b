import type { Ora } from "ora";

/** One line that moves below what was printed, and says what is looked at. */
export interface LookingLine {
  show(text: string): void;
  /** Takes it away, so that something can be printed. */
  hide(): void;
}

/** On a terminal that a person looks at; elsewhere there is none. */
export async function lookingLine(options: {
  readonly terminal: "interactive" | "plain";
  readonly colour: "on" | "off";
  readonly stream: NodeJS.WriteStream;
}): Promise<LookingLine> {
  const { terminal, colour, stream } = options;
  // A terminal without a size has no room for a line that moves, and ora would count its lines for ever.
  if (terminal === "plain" || !(stream.columns > 0)) return { show: () => {}, hide: () => {} };
  const { default: ora } = await import("ora");
  const spinner: Ora = ora({ stream, color: colour === "on" ? "cyan" : false, discardStdin: false, isEnabled: true });
  return {
    show: (text) => void spinner.start(text.slice(0, stream.columns - 3)),
    hide: () => void spinner.stop(),
  };
}
