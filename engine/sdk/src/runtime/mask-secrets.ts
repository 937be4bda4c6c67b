/**
 * Replaces every secret, every line of one that has several, and the password in one that is a URL, by `***`; also
 * where it is written as in JSON, in a URL, in hex digits or in base64, or as Node, Python and shells quote it. Longer
 * ones first, so that no rest shows.
 */
export function maskSecrets(secrets: Readonly<Record<string, string>>): (text: string) => string {
  const parts = Object.values(secrets).flatMap((secret) => [secret, ...lines(secret), ...passwords(secret)]);
  const forms = parts.filter((part) => part.trim() !== "").flatMap(writtenForms);
  const hidden = [...new Set(forms)].sort((a, b) => b.length - a.length);
  if (hidden.length === 0) return (text) => text;
  return (text) => hidden.reduce((masked, form) => masked.replaceAll(form, "***"), text);
}

/** Without the blanks around them: who prints them may leave those out. */
function lines(secret: string): readonly string[] {
  return secret.split("\n").map((line) => line.trim());
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
  const json = inJson(text);
  const ascii = json.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return [
    text,
    json,
    ascii,
    inJson(json),
    ...quotedForms(text),
    ...percentForms(text),
    ...encodedBytes(Buffer.from(text)),
  ];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * As `console.log` shows it within an object, as Python's repr does, that of its bytes as well, and as a shell traces a
 * command.
 */
function quotedForms(text: string): readonly string[] {
  const bytes = Buffer.from(text).toString("latin1");
  const escaped = [
    text.replaceAll(/[\p{Cc}\\]/gu, inNode),
    text.replaceAll(/[\p{Cc}\xa0\xad\\]/gu, inPython),
    bytes.replaceAll(/[\p{Cc}\xa0-\xff\\]/gu, inPython),
  ];
  return [...escaped, ...escaped.map((form) => form.replaceAll("'", "\\'")), text.replaceAll("'", "'\\''")];
}

function inNode(unit: string): string {
  return "\b\f\n\r\t\\".includes(unit) ? inJson(unit) : `\\x${hexOf(unit).toUpperCase()}`;
}

function inPython(unit: string): string {
  return "\n\r\t\\".includes(unit) ? inJson(unit) : `\\x${hexOf(unit)}`;
}

function hexOf(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(2, "0");
}

/** In a URL and in a form, by those who leave out marks and slashes and by those who do not. */
function percentForms(text: string): readonly string[] {
  const loose = encodeURIComponent(text.toWellFormed());
  const strict = loose.replaceAll(/[!'()*]/g, (mark) => `%${hexOf(mark).toUpperCase()}`);
  const forms = [loose, strict].flatMap((form) => [form, form.replaceAll("%20", "+")]);
  return forms.flatMap((form) => [form, form.replaceAll("%2F", "/")]);
}

/** Of fewer bytes than these the encoding is so short that it stands by chance in other texts. */
const FEWEST_BYTES = 8;

function encodedBytes(bytes: Buffer): readonly string[] {
  if (bytes.length < FEWEST_BYTES) return [];
  const hex = bytes.toString("hex");
  const whole = [0, 1, 2].map((before) => inBase64(bytes, before));
  const base64 = [...whole, ...LINES.flatMap((line) => whole[0]?.match(line) ?? [])];
  return [hex, hex.toUpperCase(), ...base64, ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"))];
}

/** Those who write base64 in lines break it after so many digits; of a last line, what is long enough. */
const LINES: readonly RegExp[] = [/.{11,76}/g, /.{11,64}/g];

/** The digits that these bytes alone make, where so many others stand before them: a digit is six bits. */
function inBase64(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
  return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
}
