/** The first twenty names, and how many more there are. */
export function listed(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const more = names.length > 20 ? ` and ${names.length - 20} more` : "";
  return names.slice(0, 20).join(", ") + more;
}
