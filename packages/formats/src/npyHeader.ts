import { npyTypes } from "./npyTypes.ts";
import type { NpyDtype } from "./npyTypes.ts";

/**
 * Everything before the data of an npy file, version 1.0, as numpy writes it (`_write_array_header` of
 * `numpy/lib/_format_impl.py`): there is room for 21 digits in the first dimension, so that the header of a file that
 * grows keeps its length.
 */
export function npyHeader(dtype: NpyDtype, shape: readonly number[]): Uint8Array {
  const descr = Object.entries(npyTypes).find(([, type]) => type === dtype)![0];
  const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const room = shape.length === 0 ? 0 : 21 - String(shape[0]).length;
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }` + " ".repeat(room);
  const padding = 64 - ((10 + dictionary.length + 1) % 64);
  const text = Buffer.from(dictionary + " ".repeat(padding) + "\n", "latin1");
  const front = Buffer.from("\x93NUMPY\x01\x00\0\0", "latin1");
  front.writeUInt16LE(text.length, 8);
  return Buffer.concat([front, text]);
}
