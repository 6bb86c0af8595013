import { UserError } from "@nearfar/formats";
import { lanceStore, type LanceStoreOptions } from "@nearfar/search";
import type { TextStore } from "./textGallery.ts";

/** Texts and vectors in a folder of LanceDB (`lanceStore`). */
export function lanceFolder(options?: LanceStoreOptions): TextStore {
  return {
    async write(folder, rows) {
      const store = await lanceStore(folder, options);
      try {
        if ((await store.count()) > 0)
          throw new UserError(`${folder}: already holds vectors, and no record of their model. Name another folder.`);
        await store.add(rows);
      } finally {
        await store.close();
      }
    },
    async open(folder) {
      const store = await lanceStore(folder, options);
      return {
        texts: await store.count(),
        close: () => store.close(),
        search: ({ rows, dimensions, data }, k) =>
          Promise.all(
            Array.from({ length: rows }, async (_, row) => {
              const hits = await store.search(data.subarray(row * dimensions, (row + 1) * dimensions), k);
              return hits.map(({ id, score }) => ({ score, text: id }));
            }),
          ),
      };
    },
  };
}
