import { map } from "./hash-map";
import { stamp } from "./host";
import { work } from "./work";

const PUT = 0;
const DELETE = 2;

/** Has the time written down so many times, and does nothing else. */
export function look(looks: i32): void {
  for (let done = 0; done < looks; done++) stamp(done);
}

/**
 * Carries rows out, and does nothing else between two looks at the timer: each operation takes the time from one look
 * to the next, one look included.
 *
 * @param source where the bytes lie that the columns count from.
 * @param columns operations, a byte each, `room` of them; then starts and ends of keys, of values, 4 bytes each,
 * likewise.
 * @param probes 8 bytes before the first row, and 8 behind each: the map's count of probes.
 * @param found a byte for each row: 1 where the key was found, of gets and of deletes.
 */
export function execute(rows: i32, source: usize, columns: usize, room: i32, probes: usize, found: usize): void {
  const column = (<usize>room) << 2;
  let places = columns + room;
  store<f64>(probes, work.probes);
  stamp(0);
  for (let row = 0; row < rows; row++) {
    const operation = load<u8>(columns + row);
    const keyStart = load<i32>(places);
    const key = source + keyStart;
    const keyLength = load<i32>(places + column) - keyStart;
    const isThere = map.seek(key, keyLength);
    if (operation === PUT) {
      const valueStart = load<i32>(places + 2 * column);
      map.write(key, keyLength, source + valueStart, load<i32>(places + 3 * column) - valueStart);
    } else if (operation === DELETE && isThere) map.erase();
    probes += 8;
    stamp(row + 1);
    store<f64>(probes, work.probes);
    store<u8>(found + row, <u8>(isThere && operation !== PUT));
    places += 4;
  }
}
