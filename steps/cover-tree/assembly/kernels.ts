// The inner loops, compiled to WebAssembly with 128-bit SIMD. Every lane does the operations of the reference functions
// in their order, each rounded by itself (no fused or relaxed instruction), so that the results are equal to the last
// bit. A panel is 8 points, column by column: the first number of each, then the second of each, and so on.

export { filter } from "./filter";
export { gaps } from "./gaps";
export { nearest } from "./nearest";
export { products } from "./products";
export { rowProducts, rowSquares } from "./row-sums";
export { solve } from "./solve";
export { squares } from "./squares";
export { within } from "./within";
