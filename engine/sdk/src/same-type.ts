/** Whether two types hold the same values. */
export type SameType<A, B> = [A, B] extends [B, A] ? true : false;
