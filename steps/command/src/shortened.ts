/** The beginning of a text, with a mark where it goes on. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)} …`;
}
