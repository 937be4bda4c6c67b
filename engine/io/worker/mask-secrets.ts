/**
 * Replaces every secret, every line of one that has several, and the password in one that is a URL, by `***`; also where it is
 * written as in JSON, in a URL, in hex digits or in base64. Longer ones first, so that no rest shows.
 */
export function maskSecrets(secrets: Readonly<Record<string, string>>): (text: string) => string {
  const parts = Object.values(secrets).flatMap((secret) => [secret, ...secret.split(/\r?\n/), ...passwords(secret)]);
  const forms = parts.filter((part) => part.trim() !== "").flatMap(writtenForms);
  const hidden = [...new Set(forms)].sort((a, b) => b.length - a.length);
  if (hidden.length === 0) return (text) => text;
  return (text) => hidden.reduce((masked, form) => masked.replaceAll(form, "***"), text);
}

/** The password of a URL, as it stands there and as it is meant. */
function passwords(secret: string): readonly string[] {
  const password = URL.parse(secret)?.password ?? "";
  return password === "" ? [] : [password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function writtenForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const ascii = json.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return [text, json, ascii, ...percentForms(text), ...encodedBytes(Buffer.from(text))];
}

/** In a URL and in a form, by those who leave out marks and slashes and by those who do not. */
function percentForms(text: string): readonly string[] {
  const loose = encodeURIComponent(text.toWellFormed());
  const strict = loose.replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = [loose, strict].flatMap((form) => [form, form.replaceAll("%20", "+")]);
  return forms.flatMap((form) => [form, form.replaceAll("%2F", "/")]);
}

/** Of fewer bytes than these the encoding is so short that it stands by chance in other texts. */
const FEWEST_BYTES = 8;

function encodedBytes(bytes: Buffer): readonly string[] {
  if (bytes.length < FEWEST_BYTES) return [];
  const base64 = [0, 1, 2].map((before) => inBase64(bytes, before));
  return [bytes.toString("hex"), ...base64, ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"))];
}

/** The digits that these bytes alone make, where so many others stand before them: a digit is six bits. */
function inBase64(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
  return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
}
