const VALUE_BYTES = 6;

/** Writes keys `K0`, `K1`, … one after the other into the same bytes, each with a value of six digits behind it. */
export class KeySequence {
  readonly bytes = new Uint8Array(32);
  /** Where the value behind the newest key ends. */
  valueEnd = 0;

  /** Gives the end of the key, which is where its value begins. */
  write(index: number): number {
    const { bytes } = this;
    let end = 1;
    bytes[0] = 75;
    for (let rest = index, isFirst = true; rest > 0 || isFirst; rest = Math.floor(rest / 10), isFirst = false) {
      bytes[end++] = 48 + (rest % 10);
    }
    this.valueEnd = end + VALUE_BYTES;
    bytes.fill(48 + (index % 10), end, this.valueEnd);
    return end;
  }
}
