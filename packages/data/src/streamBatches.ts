import { UserError } from "@nearfar/formats";
import { permutation, type Key } from "@nearfar/random";
import { checkBatch } from "./checkBatch.ts";
import { exampleBytes } from "./exampleBytes.ts";
import { lengthWindows } from "./lengthWindows.ts";
import { shuffleBuffer } from "./shuffleBuffer.ts";
import type { TextExample } from "./textExample.ts";
import { textIds } from "./textIds.ts";
import type { TextSet } from "./textSet.ts";
import { uniqueBatches } from "./uniqueBatches.ts";

export interface StreamBatchesOptions {
  /** Examples in a batch. */
  readonly batch?: number;
  /** Examples that the shuffle buffer holds. */
  readonly size?: number;
  /** Bytes of the examples that it holds, about. */
  readonly limitBytes?: number;
  /** Batches that are made together: sorted by length, and waited for by duplicates. */
  readonly window?: number;
  /** The first step that is wanted; a resumed run reads up to it again. */
  readonly from?: number;
}

/**
 * Batches of a set that is larger than the memory, for ever: pass after pass through a shuffle buffer, no text in two examples of
 * a batch, and each batch of examples of about one length (in characters).
 *
 * The same batches for the same key, whenever and from whichever step they are asked. Memory is that of the buffer and of
 * `2 window batch` examples. A set with too few different texts for a batch is a UserError.
 */
export async function* streamBatches(
  key: Key,
  set: TextSet,
  { batch = 128, size = 100_000, limitBytes = 2 ** 28, window = 50, from = 0 }: StreamBatchesOptions = {},
): AsyncGenerator<readonly TextExample[], void, undefined> {
  checkBatch(Infinity, batch); // how many examples there are, the first pass tells
  let step = 0;
  let held: TextExample[] = [];
  const fill = batch * window;
  const cut = (own: Key): TextExample[][] => {
    const order = permutation(own, held.length);
    const lengths = held.map(({ texts }) => Math.max(...texts.map((text) => text.length)));
    const sorted = lengthWindows(order, lengths, held.length);
    const { batches, rest } = uniqueBatches(sorted, textIds(held), { batch, width: set.width });
    const examples = Array.from(permutation(own.fold("batches"), batches.length), (i) =>
      Array.from(batches[i]!, (place) => held[place]!),
    );
    // What waits longer than a window's worth occurs too often to be placed.
    held = Array.from(rest.subarray(0, fill), (place) => held[place]!);
    return examples;
  };
  for (let pass = 0; ; pass++) {
    const before = step;
    const own = key.fold("pass").fold(pass);
    const shuffled = shuffleBuffer(own, set.examples(), { size, limitBytes, bytesOf: exampleBytes });
    let windows = 0;
    let wanted = held.length + fill;
    for await (const example of shuffled) {
      held.push(example);
      if (held.length < wanted) continue;
      for (const examples of cut(own.fold("window").fold(windows++))) if (step++ >= from) yield examples;
      wanted = held.length + fill;
    }
    for (const examples of cut(own.fold("window").fold(windows))) if (step++ >= from) yield examples;
    if (step === before)
      throw new UserError(
        `${set.files.join(", ")}: too few different texts for a batch of ${batch} without duplicates. Give a smaller --batch.`,
      );
  }
}
