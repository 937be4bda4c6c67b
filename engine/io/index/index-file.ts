/** The name of the index in a runs directory. */
export const INDEX_FILE = ".index.sqlite";
