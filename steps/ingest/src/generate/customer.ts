import type { Random } from "./random.ts";

/** A row of the synthetic table. */
export interface Customer {
  readonly id: number;
  readonly name: string;
  readonly country: string | null;
  readonly postcode: string;
  readonly phone: string | null;
  /** Cents. */
  readonly credit: number;
  readonly rating: number;
  readonly active: boolean;
  readonly born: string;
  /** `2026-01-01 12:00:00.000001`, in UTC. */
  readonly updated_at: string;
  readonly loyalty: number;
  /** The day on which the row last changed. */
  readonly day: number;
}

const NAMES = [
  "Ada",
  "Bo",
  "Cleo",
  "Dag",
  "Eir",
  "Finn",
  "Gro",
  "Håkon",
  "Ines",
  "Jon",
  "Kaja",
  'Liv "L"',
  "Mo, Jr",
  "Ø",
];
const COUNTRIES = ["NO", "SE", "DK", "FI", "IS", null];

export function newCustomer(id: number, day: number, updated_at: string, random: Random): Customer {
  return {
    id,
    name: `${random.pick(NAMES)} ${random.below(10_000)}`,
    country: random.pick(COUNTRIES),
    postcode: String(1000 + random.below(9000)),
    phone: random.share() < 0.1 ? null : `+47 ${10_000_000 + random.below(90_000_000)}`,
    credit: random.below(1_000_000) - 100_000,
    rating: random.below(1000) / 128,
    active: random.share() < 0.8,
    born: new Date(Date.UTC(1940 + random.below(60), 0, 1 + random.below(365))).toISOString().slice(0, 10),
    updated_at,
    loyalty: random.below(5),
    day,
  };
}

export function changedCustomer(customer: Customer, day: number, updated_at: string, random: Random): Customer {
  return {
    ...customer,
    day,
    updated_at,
    country: random.pick(COUNTRIES),
    credit: customer.credit + random.below(20_000) - 10_000,
    active: random.share() < 0.8,
  };
}
