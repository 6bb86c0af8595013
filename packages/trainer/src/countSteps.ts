import { tf } from "@nearfar/tensor";
import { rehearse } from "./rehearse.ts";

/** How long to train: steps, or seconds, which fix the number of steps by a rehearsal. */
export type Length = { readonly steps: number } | { readonly seconds: number };

/** The number of steps that fit into the seconds; `step` is rehearsed on the batches of the first steps, which are freed. */
export async function countSteps<Batch>(
  { seconds }: Extract<Length, { seconds: number }>,
  batches: () => AsyncIterable<Batch>,
  step: (batch: Batch) => void,
): Promise<number> {
  const iterator = batches()[Symbol.asyncIterator]();
  try {
    return await rehearse(
      async () => {
        const { value, done } = await iterator.next();
        if (done) throw new Error("train: batches never end; these did in the rehearsal.");
        try {
          step(value);
        } finally {
          tf.dispose(value as never);
        }
      },
      { budget: seconds },
    );
  } finally {
    await iterator.return?.();
  }
}
