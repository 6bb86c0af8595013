/**
 * How an index holds the rows that it scans: as they are, as 8-bit integers with a scale each, or as the signs alone. Bytes a row: 4d, d,
 * d / 8, each up to the next multiple of 16.
 */
export type VectorDtype = "float32" | "int8" | "binary";
