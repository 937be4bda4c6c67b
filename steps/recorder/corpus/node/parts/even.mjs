import { isOdd } from "./odd.mjs";
export function isEven(n) { return n === 0 || isOdd(n - 1); }
export const early = isOdd(3);
export default class {}
