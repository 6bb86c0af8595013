import type { Vectors } from "@nearfar/formats";
import { alignment } from "@nearfar/losses";
import { tf } from "@nearfar/tensor";

/** The alignment of pairs of embeddings as a number. */
export function alignmentOf(left: Vectors, right: Vectors): number {
  const tensor = ({ data, rows, dimensions }: Vectors) => tf.tensor2d(data, [rows, dimensions]);
  return tf.tidy(() => alignment(tensor(left), tensor(right)).dataSync()[0]!);
}
