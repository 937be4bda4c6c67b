import { styleText } from "node:util";

export type Style = "green" | "red" | "yellow" | "cyan" | "dim" | "bold";

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** `off` writes no escape code at all; whether there may be colour is decided once, by the invocation. */
export function painter(colour: "on" | "off"): Paint {
  return colour === "off" ? (_, text) => text : (style, text) => styleText(style, text, { validateStream: false });
}
