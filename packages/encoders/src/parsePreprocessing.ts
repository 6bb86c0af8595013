import { UserError, type Preprocessing } from "@nearfar/formats";

/** The preprocessing that a file of settings holds; anything else is a `UserError` that names the file. */
export function parsePreprocessing(value: unknown, file: string): Preprocessing {
  const { size, fit, resample, mean, deviation } = Object(value) as Record<string, unknown>;
  const sound =
    Number.isSafeInteger(size) &&
    (size as number) >= 1 &&
    (size as number) <= LARGEST &&
    (fit === "squash" || fit === "crop") &&
    (resample === "bilinear" || resample === "bicubic" || resample === "lanczos") &&
    isTriple(mean, () => true) &&
    isTriple(deviation, (number) => number > 0);
  if (!sound)
    throw new UserError(
      `${file}: "preprocessing" has a size from 1 to ${LARGEST}, fit (squash, crop), resample (bilinear, bicubic, lanczos), and three numbers each of mean and deviation; got ${JSON.stringify(value)?.slice(0, 300) ?? "none"}`,
    );
  return { size, fit, resample, mean, deviation } as unknown as Preprocessing;
}

/** Pixels of a side: a picture of 16,384 has 800 million numbers. */
const LARGEST = 4096;

const isTriple = (value: unknown, each: (number: number) => boolean): boolean =>
  Array.isArray(value) &&
  value.length === 3 &&
  value.every((number) => typeof number === "number" && Number.isFinite(number) && each(number));
