import type { Vectors } from "@nearfar/formats";

/** Throws RangeError unless `vectors`, called `name` in the message, is a matrix of finite numbers with at least one row. */
export function checkVectors(name: string, { rows, dimensions, data }: Vectors): void {
  if (!Number.isInteger(rows) || !Number.isInteger(dimensions) || rows < 1 || dimensions < 1)
    throw new RangeError(`${name}: there is at least one row and one dimension; got [${rows}, ${dimensions}].`);
  if (data.length !== rows * dimensions)
    throw new RangeError(
      `${name}: data holds rows x dimensions numbers; got ${data.length} for [${rows}, ${dimensions}].`,
    );
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1)
    throw new RangeError(
      `${name}: every number is finite; got ${data[bad]} in row ${Math.floor(bad / dimensions)}. Did the training diverge?`,
    );
}
