import { dtypes } from "./dtypes.ts";
import { npyTypes } from "./npyTypes.ts";
import type { NpyDtype } from "./npyTypes.ts";
import { UserError } from "./userError.ts";

export interface NpyHeader {
  readonly dtype: NpyDtype;
  readonly shape: readonly number[];
  /** Where the data begin. */
  readonly start: number;
}

/** numpy's own limit (`_MAX_HEADER_SIZE`): a longer header is not one of an array of numbers. */
const maxHeaderBytes = 10_000;

/** The dictionary as numpy writes it: never evaluated, and nothing else is let in. */
const fields =
  /^\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': (\(\)|\(\d+,\)|\(\d+(?:, ?\d+)+,?\)),? ?\} *\n?$/;

/**
 * Checks the beginning of an npy file (versions 1.0 to 3.0) against the number of bytes in the whole file, which its data must fill exactly.
 * `first` is the file's first 10,012 bytes, or all if it has fewer. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function parseNpyHeader(first: Uint8Array, fileBytes: number, where: string): NpyHeader {
  const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
  if (first.length < 10 || Buffer.from(first.subarray(0, 6)).toString("latin1") !== "\x93NUMPY") {
    throw new UserError(`${where}: an npy file begins with \\x93NUMPY and a version; this one does not`);
  }
  const version = view.getUint8(6);
  if (version < 1 || version > 3 || view.getUint8(7) !== 0) {
    throw new UserError(`${where}: npy version ${version}.${view.getUint8(7)}; known are 1.0, 2.0 and 3.0`);
  }
  const front = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : first.length < 12 ? Infinity : view.getUint32(8, true);
  if (length > maxHeaderBytes || front + length > first.length) {
    throw new UserError(
      `${where}: the header claims ${length} bytes; the file has ${fileBytes}, the limit is ${maxHeaderBytes}`,
    );
  }
  const text = Buffer.from(first.subarray(front, front + length)).toString("utf8");
  const [, descr = "", fortran, tuple = ""] = fields.exec(text) ?? [];
  if (fortran === undefined)
    throw new UserError(`${where}: not a header of an array: ${JSON.stringify(text.slice(0, 100))}`);
  if (!Object.hasOwn(npyTypes, descr)) {
    throw new UserError(`${where}: elements of type "${descr}"; known are ${Object.keys(npyTypes).join(", ")}`);
  }
  const dtype = npyTypes[descr as keyof typeof npyTypes];
  const shape = (tuple.match(/\d+/g) ?? []).map(Number);
  if (fortran === "True" && shape.length > 1) {
    throw new UserError(`${where}: the array is in Fortran order; save numpy.ascontiguousarray(array)`);
  }
  let need = dtypes[dtype].width;
  for (const size of shape) need *= size;
  const start = front + length;
  if (need !== fileBytes - start || !shape.every(Number.isSafeInteger)) {
    throw new UserError(
      `${where}: ${dtype} [${shape.join(", ")}] needs ${need} bytes after the header; got ${fileBytes - start}`,
    );
  }
  return { dtype, shape, start };
}
