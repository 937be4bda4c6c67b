import { hasMovingLine, movingLine } from "./moving-line.ts";

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
  if (!hasMovingLine(terminal, stream)) return { show: () => {}, hide: () => {} };
  const line = await movingLine(stream, colour);
  return {
    show: (text) => void line.start(text.slice(0, stream.columns - 3)),
    hide: () => void line.stop(),
  };
}
