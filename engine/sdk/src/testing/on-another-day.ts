/** Milliseconds: to another year, month, day of the week, hour, minute, second and millisecond. */
const LATER = ((400 * 24 + 3) * 3_600 + 7 * 60 + 11) * 1_000 + 13;

/** Lets whatever asks this process's `Date` for the time be told of another day, until `act` settles. */
export async function onAnotherDay<T>(act: () => Promise<T>): Promise<T> {
  const real = Date;
  const now = () => real.now() + LATER;
  globalThis.Date = new Proxy(real, {
    construct: (date, given, target) => Reflect.construct(date, given.length === 0 ? [now()] : given, target),
    apply: () => new real(now()).toString(),
    get: (date, name) => (name === "now" ? now : Reflect.get(date, name)),
  });
  try {
    return await act();
  } finally {
    globalThis.Date = real;
  }
}
