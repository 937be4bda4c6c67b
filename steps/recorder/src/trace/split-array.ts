const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = Buffer.from('"\\{}[]');

/**
 * The elements of a JSON array of objects, as texts, however the array is laid out. Memory is one chunk and one
 * element.
 *
 * @throws SyntaxError where there is no array, or it does not end.
 */
export async function* splitArray(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let element: Buffer[] = [];
  let depth = 0;
  let isArray = false;
  let place: "outside" | "text" | "escape" = "outside";
  for await (const chunk of chunks) {
    let begin = depth >= 2 ? 0 : -1;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (place === "escape") place = "text";
      else if (place === "text") {
        if (byte === BACKSLASH) place = "escape";
        else if (byte === QUOTE) place = "outside";
      } else if (byte === QUOTE) place = "text";
      else if (byte === OPEN || byte === OPEN_LIST) {
        depth += 1;
        if (depth === 1) isArray = byte === OPEN_LIST;
        if (depth === 2) begin = at;
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        depth -= 1;
        if (depth !== 1) continue;
        yield Buffer.concat([...element, chunk.subarray(begin, at + 1)]).toString();
        [element, begin] = [[], -1];
      }
    }
    if (begin >= 0) element.push(chunk.subarray(begin));
  }
  if (!isArray) throw new SyntaxError("there is no array of events");
  if (depth !== 0) throw new SyntaxError("the array of events is not closed");
}
