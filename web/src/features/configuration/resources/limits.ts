// Bounds of the server, so that a form says them before the server does.

/** Characters of names, addresses and other short texts. */
export const SHORT = 128;
export const URI = 2_048;
export const PRIORITY = 100;
/** Whole numbers on the wire. */
export const NUMBER = 4_294_967_295;
