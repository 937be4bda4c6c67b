/** What the protocol passes through on its way from the outbox into a gateway, and back. */
const PROTOCOL_STEPS = ["send", "store", "commit", "acknowledge", "outbox-delete"] as const;

export type ProtocolStep = (typeof PROTOCOL_STEPS)[number];

/** A point at which a crash test can end a process. */
export type ProtocolPoint = `${ProtocolStep}:${"before" | "after"}`;

/** Called as each point is reached; does nothing but in crash tests. */
export type Reach = (point: ProtocolPoint) => void;

export const PROTOCOL_POINTS: readonly ProtocolPoint[] = PROTOCOL_STEPS.flatMap((step): ProtocolPoint[] => [
  `${step}:before`,
  `${step}:after`,
]);
