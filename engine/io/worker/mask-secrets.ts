/** Replaces every secret, and every line of one that has several, by `***`. Longer ones first, so that no rest shows. */
export function maskSecrets(secrets: Readonly<Record<string, string>>): (text: string) => string {
  const parts = Object.values(secrets).flatMap((secret) => [secret, ...secret.split(/\r?\n/)]);
  const hidden = [...new Set(parts)].filter((part) => part.trim() !== "").sort((a, b) => b.length - a.length);
  if (hidden.length === 0) return (text) => text;
  return (text) => hidden.reduce((masked, part) => masked.replaceAll(part, "***"), text);
}
