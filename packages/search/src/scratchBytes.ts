/** Bytes at the beginning of a block for the counter of its threads, the queries and their lists. */
export const scratchBytes = 2 ** 22;
