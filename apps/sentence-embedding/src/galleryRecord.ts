import { existsSync } from "node:fs";
import { join } from "node:path";
import { filesFingerprint } from "@nearfar/data";
import type { SentenceEncoder } from "@nearfar/encoders";
import { readJsonLines, UserError, writeFileAtomic } from "@nearfar/formats";

interface Contents {
  readonly format: string;
  readonly encoder: string;
  readonly dimensions: number;
  /** How the vectors are stored. */
  readonly stored: string;
  /** Names, sizes and times of change of the files, and what was read of them. */
  readonly files: string;
  /** A few texts of the corpus and what the model made of them: a model belongs to the folder if it makes the same. */
  readonly samples: readonly { readonly text: string; readonly vector: readonly number[] }[];
}

/** What a folder of vectors is to be compared with. */
export interface GallerySource {
  readonly encoder: SentenceEncoder;
  /** The files of the corpus; none to take the folder as it is. */
  readonly files: readonly string[];
  /** What was asked of the columns. */
  readonly columns: unknown;
  /** How vectors are stored; undefined for any. */
  readonly stored?: string | undefined;
}

/**
 * The record of the model and the files that a folder of vectors was made of, `texts.json` in it.
 *
 * A model is known by what it computes and not by its name or place: `check` embeds the recorded samples again.
 */
export function galleryRecord(folder: string) {
  const path = join(folder, "texts.json");
  return {
    exists: () => existsSync(path),
    /** Records the source; `texts` are those of the corpus. */
    async write({ encoder, files, columns, stored = "" }: GallerySource, texts: readonly string[]): Promise<void> {
      const sampled = texts.slice(0, SAMPLES).map((text) => text.slice(0, SAMPLE));
      const { dimensions, data } = await encoder.encode(sampled);
      const contents: Contents = {
        format: FORMAT,
        encoder: encoder.name,
        dimensions,
        stored,
        files: await filesFingerprint(files, [columns]),
        samples: sampled.map((text, row) => ({
          text,
          vector: Array.from(data.subarray(row * dimensions, (row + 1) * dimensions)),
        })),
      };
      await writeFileAtomic(path, Buffer.from(`${JSON.stringify(contents)}\n`));
    },
    /** Throws UserError unless the folder was made of this source. */
    async check({ encoder, files, columns, stored }: GallerySource): Promise<void> {
      const anew = `Remove ${folder} to build it anew`;
      const contents = await read(path, anew);
      const strange = `${folder}: its vectors are of another model ("${contents.encoder}", ${contents.dimensions} dimensions) than "${encoder.name}" (${encoder.dimensions}). ${anew}, or name its model.`;
      if (contents.dimensions !== encoder.dimensions) throw new UserError(strange);
      if (stored !== undefined && stored !== contents.stored)
        throw new UserError(
          `${folder}: its vectors are stored as ${contents.stored}, not ${stored}. ${anew}, or leave --dtype out.`,
        );
      if (files.length > 0 && contents.files !== (await filesFingerprint(files, [columns])))
        throw new UserError(
          `${folder}: was built of other files or columns, or they have changed since. ${anew}, or name no files to search it as it is.`,
        );
      const { data } = await encoder.encode(contents.samples.map(({ text }) => text));
      const recorded = Float32Array.from(contents.samples.flatMap(({ vector }) => vector));
      const apart = length(data.map((value, i) => value - recorded[i]!));
      if (apart > SAME * Math.max(length(data), length(recorded))) throw new UserError(strange);
    },
  };
}

const FORMAT = "nearfar-texts/1";
const SAMPLES = 3;
/** Characters of a sample: few enough that no model cuts it. */
const SAMPLE = 100;
/** What two machines' sums may differ by, relatively; other weights differ by more than ten times that. */
const SAME = 3e-3;

async function read(path: string, anew: string): Promise<Contents> {
  let contents: Partial<Contents> | undefined;
  for await (const value of readJsonLines(path, { maxLineBytes: 2 ** 24 })) contents ??= value as Partial<Contents>;
  const { samples, dimensions } = contents ?? {};
  const whole =
    contents?.format === FORMAT &&
    Array.isArray(samples) &&
    samples.length > 0 &&
    samples.every(
      (sample: Partial<Contents["samples"][number]> | null) =>
        typeof sample?.text === "string" &&
        Array.isArray(sample.vector) &&
        sample.vector.length === dimensions &&
        sample.vector.every(Number.isFinite),
    );
  if (!whole) throw new UserError(`${path}: is no whole record of format "${FORMAT}". ${anew}.`);
  return contents as Contents;
}

const length = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
