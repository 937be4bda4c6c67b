/** `20261121T204235Z-k3f9`: sortable by time, with four random characters. */
export function runId(now: number, random: () => number): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const tail = Array.from({ length: 4 }, () => Math.floor(random() * 36).toString(36)).join("");
  return `${time}-${tail}`;
}

export const RUN_ID = /^\d{8}T\d{6}Z-[0-9a-z]{4}$/;
