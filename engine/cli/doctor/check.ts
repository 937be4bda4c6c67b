/** What the doctor found about one thing. Only what is `broken` makes the exit status 2. */
export interface Check {
  readonly subject: string;
  readonly state: "ok" | "warning" | "broken";
  readonly detail: string;
  /** What to do; empty where nothing is to be done. */
  readonly hint: string;
}

export function ok(subject: string, detail: string): Check {
  return { subject, state: "ok", detail, hint: "" };
}

export function warning(subject: string, detail: string, hint: string): Check {
  return { subject, state: "warning", detail, hint };
}

export function broken(subject: string, detail: string, hint: string): Check {
  return { subject, state: "broken", detail, hint };
}
