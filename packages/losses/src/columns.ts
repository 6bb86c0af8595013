import { tf } from "@nearfar/tensor";

/** One number per row: a candidate's column per anchor, or a group's label per row. A list made from shapes, or an int32 tensor `[n]`. */
export type Columns = readonly number[] | tf.Tensor1D;

/**
 * `values` as an int32 tensor `[n]`; a tensor passes as it is.
 *
 * Throws RangeError where there is not one per row, or a tensor is not int32.
 */
export function columns(name: string, values: Columns, n: number): tf.Tensor1D {
  const isTensor = values instanceof tf.Tensor;
  const length = isTensor ? values.size : values.length;
  if (length !== n || (isTensor && values.rank !== 1))
    throw new RangeError(
      `infoNce: ${name} needs one number per row, [${n}]; got [${isTensor ? values.shape : length}].`,
    );
  if (!isTensor) return tf.tensor1d([...values], "int32");
  if (values.dtype !== "int32")
    throw new RangeError(`infoNce: ${name} is int32; got ${values.dtype}. Make it with tf.tensor1d(values, "int32").`);
  return values;
}
