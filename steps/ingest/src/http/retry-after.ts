/**
 * How long an answer asks to wait before it is asked again, in milliseconds: its header Retry-After, in seconds or as a
 * date (RFC 9110, 10.2.3), which is taken from the answer's own date, since clocks differ. Undefined where it does not
 * tell.
 */
export function retryAfter(headers: Headers): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const wait = text.endsWith("GMT") ? Date.parse(text) - Date.parse(headers.get("date") ?? "") : Number.NaN;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
