import { openTexts } from "@nearfar/data";
import { writeVectors, type VectorRow } from "@nearfar/formats";
import type { TwoTowers } from "@nearfar/runs";
import { encodeSet, type EncodeSetOptions } from "./encodeSet.ts";
import { isTexts } from "./isTexts.ts";
import { openPictureSet } from "./openPictureSet.ts";

export interface EmbedPairsOptions extends EncodeSetOptions {
  /** The column of a table's texts. */
  readonly column?: string;
}

/**
 * Writes one vector per picture (`path`) or per text of a table (`text`), in order, as JSON Lines, parquet or npy by the file's ending.
 *
 * Pictures that cannot be read are left out, counted and named; so are blank texts. Everything happens while writing, so that a file that
 * cannot be written is told before the work and not after it.
 */
export async function embedPairs(
  towers: TwoTowers,
  input: string,
  out: string,
  { column, ...options }: EmbedPairsOptions = {},
): Promise<{ rows: number; dimensions: number }> {
  const rows = isTexts(input)
    ? await writeVectors(out, textRows(towers, input, { column, ...options }), { idName: "text" })
    : await writeVectors(out, pictureRows(towers, input, options));
  return { rows, dimensions: towers.dimensions };
}

async function* pictureRows(towers: TwoTowers, input: string, options: EncodeSetOptions): AsyncGenerator<VectorRow> {
  const set = await openPictureSet(input);
  const { vectors, kept } = await encodeSet(towers, set, options);
  for (const [row, index] of kept.entries())
    yield {
      id: set.items[index]!.path,
      vector: vectors.data.subarray(row * vectors.dimensions, (row + 1) * vectors.dimensions),
    };
}

async function* textRows(
  { texts }: TwoTowers,
  input: string,
  { column, say }: EncodeSetOptions & { readonly column: string | undefined },
): AsyncGenerator<VectorRow> {
  const set = await openTexts([input], column === undefined ? {} : { columns: { text: [column] } });
  const examples = set.examples();
  let held: string[] = [];
  async function* encoded(): AsyncGenerator<VectorRow> {
    const { dimensions, data } = await texts.encode(held);
    for (const [row, id] of held.entries())
      yield { id, vector: data.subarray(row * dimensions, (row + 1) * dimensions) };
    held = [];
  }
  for await (const example of examples) {
    held.push(example.texts[0]!);
    if (held.length === TOGETHER) yield* encoded();
  }
  if (held.length > 0) yield* encoded();
  if (examples.blank > 0) say?.(`${examples.blank} blank texts were passed over.`);
}

/** Texts that are held at a time. */
const TOGETHER = 4096;
