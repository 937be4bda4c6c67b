// What the map asks and tells whoever made it (`MapHost`).

/** Asks whether another table should replace the present one, and replaces it; says whether it did. */
export declare function consider(): bool;

/** Tells that a sweep came to its end. */
export declare function swept(): void;

/** The timer, in milliseconds. */
export declare function now(): f64;

/** Throws: there is no memory left. */
export declare function full(): void;
