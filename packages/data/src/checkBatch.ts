import { UserError } from "@nearfar/formats";

/** A batch is a whole number above 0 and not above `length`, of which there are at least two; else a UserError. */
export function checkBatch(length: number, batch: number): void {
  if (!(Number.isSafeInteger(batch) && batch > 0))
    throw new UserError(`batch: a batch is a whole number of at least 1; got ${batch}. Give another --batch.`);
  if (!(length >= 2))
    throw new UserError(`contrastive learning compares examples and needs at least 2; got ${length}. Give more data.`);
  if (batch > length)
    throw new UserError(
      `a batch of ${batch} is larger than the data, which has ${length}. Give --batch ${length} or less.`,
    );
}
