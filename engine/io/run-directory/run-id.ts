/**
 * `20261121T204235Z-k3f9`: names sort by the time they were made. After the second come two characters for its
 * milliseconds, in base 36, and two by chance.
 */
export function runId(now: number, random: () => number): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const milliseconds = (now % 1000).toString(36).padStart(2, "0");
  const chance = Array.from({ length: 2 }, () => Math.floor(random() * 36).toString(36)).join("");
  return `${time}-${milliseconds}${chance}`;
}

export const RUN_ID = /^\d{8}T\d{6}Z-[0-9a-z]{4}$/;
