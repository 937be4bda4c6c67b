// What is done for every row besides the map's own work, compiled to WebAssembly: a compiled loop is fast from its
// first row on, where one that the engine has yet to compile takes some ten times as long for the first ten thousand.

export { count, countIn, edgeAt, sumUp } from "./histogram";
export { record, recordLooks } from "./record";
export { takePlainRows } from "./take-plain-rows";
