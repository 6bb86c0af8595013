import { mkdir } from "node:fs/promises";
import type { OpenTextsOptions } from "@nearfar/data";
import type { SentenceEncoder } from "@nearfar/encoders";
import { fileError, UserError } from "@nearfar/formats";
import type { VectorDtype } from "@nearfar/search";
import { checkedQueries } from "./checkedQueries.ts";
import { encodedRows } from "./encodedRows.ts";
import { galleryRecord } from "./galleryRecord.ts";
import { indexStore } from "./indexStore.ts";
import { lanceFolder } from "./lanceFolder.ts";
import { memoryGallery } from "./memoryGallery.ts";
import { readCorpus } from "./readCorpus.ts";
import type { TextGallery, TextHit } from "./textGallery.ts";
import type { EncodingProgress } from "./withEncoder.ts";

export interface SearchTextsOptions {
  readonly columns?: OpenTextsOptions;
  /** How many are found, at most. */
  readonly top?: number;
  /** How the vectors are scanned; float32 where nothing is said. */
  readonly dtype?: VectorDtype;
  /** A folder for an index on disk: built where there is none, else searched without reading the files. */
  readonly index?: string;
  /** A folder of LanceDB in place of an index. */
  readonly lancedb?: string;
  readonly progress?: EncodingProgress;
  readonly say?: (line: string) => void;
}

export interface TextSearch {
  /** Different texts that were searched. */
  readonly texts: number;
  /** In the order of the queries; the best hit first. */
  readonly results: readonly { readonly query: string; readonly hits: readonly TextHit[] }[];
}

/**
 * The texts nearest to each query by cosine, exactly (int8 and binary: nearly).
 *
 * A text that stands in the files several times is found once. A blank query, no text, and an index or a LanceDB folder that is of
 * another model or other files are a `UserError`.
 */
export async function searchTexts(
  encoder: SentenceEncoder,
  files: readonly string[],
  queries: readonly string[],
  options: SearchTextsOptions = {},
): Promise<TextSearch> {
  const { top = 10, index, lancedb, dtype } = options;
  checkedQueries(queries);
  if (index !== undefined && lancedb !== undefined)
    throw new UserError("--index and --lancedb are two places for the same vectors: give one of them.");
  if (lancedb !== undefined && dtype !== undefined)
    throw new UserError("--dtype is how we scan vectors, and with --lancedb they are LanceDB's: leave it out.");
  const folder = index ?? lancedb;
  const gallery =
    folder === undefined ? await inMemory(encoder, files, options) : await inFolder(encoder, files, folder, options);
  try {
    const found = await gallery.search(await encoder.encode(queries), Math.min(top, gallery.texts));
    return { texts: gallery.texts, results: queries.map((query, i) => ({ query, hits: found[i]! })) };
  } finally {
    await gallery.close();
  }
}

async function inMemory(
  encoder: SentenceEncoder,
  files: readonly string[],
  { progress, dtype, ...options }: SearchTextsOptions,
): Promise<TextGallery> {
  const texts = await readCorpus(files, { ...options, unique: true });
  const vectors = await encoder.encode(texts, { progress: (done) => progress?.(done, texts.length) });
  return memoryGallery(texts, vectors, dtype);
}

async function inFolder(
  encoder: SentenceEncoder,
  files: readonly string[],
  folder: string,
  { lancedb, dtype, progress, ...options }: SearchTextsOptions,
): Promise<TextGallery> {
  const { columns = {}, say } = options;
  const store = lancedb === undefined ? indexStore(dtype) : lanceFolder();
  const source = { encoder, files, columns, stored: lancedb === undefined ? dtype : "float32" };
  const record = galleryRecord(folder);
  if (record.exists()) await record.check(source);
  else {
    if (files.length === 0)
      throw new UserError(`${folder}: holds no vectors yet. Name the files whose texts it is built of.`);
    const texts = await readCorpus(files, { ...options, unique: true });
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw fileError(folder, error);
    });
    await store.write(
      folder,
      encodedRows(encoder, texts, (done) => progress?.(done, texts.length)),
    );
    await record.write({ ...source, stored: source.stored ?? "float32" }, texts);
    say?.(
      `${texts.length} vectors of ${encoder.dimensions} numbers in ${folder}: the next search takes them from there.`,
    );
  }
  return store.open(folder);
}
