import { UserError } from "@nearfar/formats";
import { permutation, type Key } from "@nearfar/random";
import { checkBatch } from "./checkBatch.ts";
import { epochSampler } from "./epochSampler.ts";
import type { Sampler } from "./sampler.ts";
import { uniqueBatches } from "./uniqueBatches.ts";

export interface GroupedSamplerOptions {
  /** Examples in a batch. */
  readonly batch?: number;
  /** Examples of each label in a batch; divides `batch`. */
  readonly perLabel?: number;
}

/**
 * Which examples make the batch of a step: `batch / perLabel` labels, each with `perLabel` examples that stand together.
 *
 * An epoch cuts a permutation of the examples, label by label, into groups of `perLabel`; those left over wait for another epoch.
 * The P x K batches of Hermans et al. 2017, section 3. A pure function of the step and errors as `uniqueSampler`.
 */
export function groupedSampler(
  key: Key,
  labels: ArrayLike<string | number>,
  { batch = 128, perLabel = 2 }: GroupedSamplerOptions = {},
): Sampler {
  checkBatch(labels.length, batch);
  if (!(Number.isSafeInteger(perLabel) && perLabel > 0 && batch % perLabel === 0))
    throw new UserError(
      `a batch of ${batch} cannot hold groups of ${perLabel} examples of a label: give a multiple of it`,
    );
  const batchesOf = (own: Key): Uint32Array[] => {
    const groups: number[][] = [];
    const open = new Map<string | number, number[]>();
    for (const example of permutation(own, labels.length)) {
      const label = labels[example]!;
      const group = open.get(label) ?? [];
      open.set(label, group);
      if (group.push(example) < perLabel) continue;
      groups.push(group);
      open.delete(label);
    }
    const numbers = new Map<string | number, number>();
    const ids = groups.map(([example]) => {
      const label = labels[example!]!;
      if (!numbers.has(label)) numbers.set(label, numbers.size);
      return numbers.get(label)!;
    });
    // A group is complete with its last example, so that large labels would come first: their order is drawn anew.
    const order = permutation(own.fold("groups"), groups.length);
    const { batches } = uniqueBatches(order, ids, { batch: batch / perLabel });
    return batches.map((chosen) => Uint32Array.from([...chosen].flatMap((group) => groups[group]!)));
  };
  return epochSampler(
    key,
    batchesOf,
    `a batch of ${batch} needs ${batch / perLabel} labels with at least ${perLabel} examples each. Give a smaller --batch.`,
  );
}
