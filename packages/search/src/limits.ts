/** What an index may hold: queries and lists of k must fit the scratch of a block, and row numbers 32 bits. */
export const limits = { dimensions: 2 ** 16, rows: 2 ** 31 - 1, k: 10_000, idBytes: 2 ** 16 } as const;
