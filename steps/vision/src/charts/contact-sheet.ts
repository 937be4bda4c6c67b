import sharp from "sharp";
import { document, element, text } from "./svg.ts";

/** A picture with what is to be said of it. */
export interface Print {
  /** [size, size, 3] bytes. */
  readonly pixels: Uint8Array;
  /** Lines below it. */
  readonly caption: readonly string[];
}

const side = 96;
const gap = 12;
const line = 14;

/** Draws rows of pictures under headings, as the text of an SVG file with the pictures in it. */
export async function contactSheet(
  title: string,
  rows: readonly { readonly heading: string; readonly prints: readonly Print[] }[],
  size: number,
): Promise<string> {
  const content = [text(gap, 26, title, { "font-size": 16, "font-weight": "bold" })];
  let widest = 4;
  let y = 44;
  for (const { heading, prints } of rows) {
    const lines = Math.max(0, ...prints.map(({ caption }) => caption.length));
    content.push(text(gap, y + line, heading, { "font-size": 13 }));
    y += 24;
    for (const [index, { pixels, caption }] of prints.entries()) {
      const x = gap + index * (side + gap);
      const href = `data:image/png;base64,${(await encode(pixels, size)).toString("base64")}`;
      content.push(element("image", { x, y, width: side, height: side, href, style: "image-rendering: pixelated" }));
      for (const [at, words] of caption.entries()) {
        content.push(text(x, y + side + line * (at + 1), shortened(words), { "font-size": 10 }));
      }
    }
    widest = Math.max(widest, prints.length);
    y += (prints.length === 0 ? 0 : side + line * lines) + 2 * gap;
  }
  return document(gap + widest * (side + gap), y, title, content);
}

function encode(pixels: Uint8Array, size: number): Promise<Buffer> {
  return sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toBuffer();
}

/** As much of the end of a name as stands below a picture. */
function shortened(words: string): string {
  return words.length <= 18 ? words : `…${words.slice(-17)}`;
}
