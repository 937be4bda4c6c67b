import { type Customer, changedCustomer, newCustomer } from "./customer.ts";
import type { Random } from "./random.ts";

export interface Simulation {
  readonly rows: number;
  /** From 1. */
  readonly day: number;
  /** Shares of the rows that there are, for every day after the first. */
  readonly inserts: number;
  readonly updates: number;
  readonly deletes: number;
  /** The share of changes that are dated up to six hours too early, as if they had come late. */
  readonly late: number;
}

/** One entry of the log of changes. */
export interface Change {
  readonly seq: number;
  readonly op: "insert" | "update" | "delete";
  readonly day: number;
  readonly row: Customer;
}

/** A table as it stands at the end of a day, by id, and all that happened to it. */
export interface Simulated {
  readonly customers: readonly Customer[];
  readonly changes: readonly Change[];
}

/** Lives through the days from the first on. The days before are the same for every later one. */
export function simulate(
  { rows, day, inserts, updates, deletes, late }: Simulation,
  randomOf: (day: number) => Random,
): Simulated {
  const table = new Map<number, Customer>();
  const changes: Change[] = [];
  const ids = { next: 1 };
  const note = (op: Change["op"], on: number, row: Customer) =>
    changes.push({ seq: changes.length + 1, op, day: on, row });
  for (let on = 1; on <= day; on += 1) {
    const random = randomOf(on);
    const count = on === 1 ? rows : Math.round(table.size * inserts);
    const total = count + Math.round(table.size * updates) + Math.round(table.size * deletes);
    const before = [...table.keys()];
    const touched = new Set<number>();
    const untouched = () => {
      for (let tries = 0; tries < before.length * 4; tries += 1) {
        const id = before[random.below(before.length)]!;
        if (!touched.has(id)) {
          touched.add(id);
          return id;
        }
      }
      return undefined;
    };
    const at = (index: number) =>
      instant(on, index, total, random.share() < late && on > 1 ? random.below(6 * 3600) : 0);
    for (let index = 0; index < total; index += 1) {
      if (index < count) {
        const row = newCustomer(ids.next, on, at(index), random);
        ids.next += 1;
        table.set(row.id, row);
        note("insert", on, row);
        continue;
      }
      const id = untouched();
      if (id === undefined) break;
      const isUpdate = index < total - Math.round(before.length * deletes);
      const row = changedCustomer(table.get(id)!, on, at(index), random);
      if (isUpdate) table.set(id, row);
      else table.delete(id);
      note(isUpdate ? "update" : "delete", on, row);
    }
  }
  return { customers: [...table.values()].sort((a, b) => a.id - b.id), changes };
}

/** Within the second half of a day, in order, and never twice the same. */
function instant(day: number, index: number, total: number, lateSeconds: number): string {
  const noon = Date.UTC(2026, 0, day, 12);
  const micros = Math.floor((index / Math.max(1, total)) * 11 * 3_600_000_000);
  const at = new Date(noon + Math.floor(micros / 1000) - lateSeconds * 1000).toISOString();
  return `${at.slice(0, 23).replace("T", " ")}${String(micros % 1000).padStart(3, "0")}`;
}
