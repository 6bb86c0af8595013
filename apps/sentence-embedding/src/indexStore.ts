import { join } from "node:path";
import type { VectorRow } from "@nearfar/formats";
import { openIndex, writeIndex, type VectorDtype } from "@nearfar/search";
import type { TextStore } from "./textGallery.ts";

/** Texts and vectors in a file of `writeIndex`. A text is kept up to 65,535 bytes: what lies behind was embedded, and is not shown. */
export function indexStore(dtype: VectorDtype = "float32"): TextStore {
  return {
    async write(folder, rows) {
      await writeIndex(join(folder, FILE), shown(rows), { dtype });
    },
    async open(folder) {
      const index = await openIndex(join(folder, FILE));
      return {
        texts: index.rows,
        close: () => index.close(),
        async search(queries, k) {
          const { indices, scores } = await index.search(queries, k);
          const ids = await index.ids(indices);
          return Array.from({ length: queries.rows }, (_, query) =>
            Array.from({ length: k }, (_, at) => ({ score: scores[query * k + at]!, text: ids[query * k + at]! })),
          );
        },
      };
    },
  };
}

const FILE = "vectors.index";
/** The longest id that `writeIndex` takes is one byte longer. */
const MOST = 2 ** 16 - 1;

async function* shown(rows: AsyncIterable<VectorRow>): AsyncGenerator<VectorRow> {
  for await (const { id, vector } of rows) yield { id: id.length > MOST / 3 ? cut(id) : id, vector };
}

/** As a stream, a decoder leaves out the bytes of a letter that is not whole. */
const cut = (text: string) => new TextDecoder().decode(Buffer.from(text).subarray(0, MOST), { stream: true });
