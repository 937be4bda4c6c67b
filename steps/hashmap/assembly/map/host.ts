// What the map asks and tells whoever made it (`MapHost`).

/** Asks whether another table should replace the present one, and replaces it; says whether it did. */
export declare function consider(): bool;

/** Tells that a sweep came to its end. */
export declare function swept(): void;

/**
 * Writes down the time, as how things stand when so many rows are done. A time that is not given back takes a sixth
 * less.
 */
export declare function stamp(rows: i32): void;

/** Throws: there is no memory left. */
export declare function full(): void;
