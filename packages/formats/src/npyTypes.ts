/** The element types that are exchanged as npy, by numpy's name for each: little-endian, or a single byte. */
export const npyTypes = { "<f4": "F32", "<f8": "F64", "<i4": "I32", "<i8": "I64", "|u1": "U8" } as const;

export type NpyDtype = (typeof npyTypes)[keyof typeof npyTypes];
