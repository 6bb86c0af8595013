import { join } from "node:path";
import type { LanceDb } from "@nearfar/search";
import { temporaryFolder } from "@nearfar/testing";
import { describe, expect, it } from "vitest";
import { optionalPackage } from "../../../test/optional/optionalPackage.ts";
import { encodedRows } from "../src/encodedRows.ts";
import { lanceFolder } from "../src/lanceFolder.ts";
import { bagOfWords } from "./bagOfWords.ts";

const lancedb = optionalPackage("@lancedb/lancedb");

describe.skipIf(lancedb.missing)(`lanceFolder ${lancedb.reason}`, () => {
  it("finds texts by cosine, and does not add to vectors that another program wrote", async () => {
    const store = lanceFolder({ module: (await lancedb.load()) as LanceDb });
    const folder = join(temporaryFolder(), "lance");
    const encoder = bagOfWords();
    await store.write(folder, encodedRows(encoder, ["the cat sat", "blue sky", "the cat slept"]));
    const gallery = await store.open(folder);
    expect(gallery.texts).toBe(3);
    const [hits] = await gallery.search(await encoder.encode(["the cat sat"]), 2);
    expect(hits!.map(({ text }) => text)).toEqual(["the cat sat", "the cat slept"]);
    expect(hits![1]!.score).toBeCloseTo(2 / 3, 5); // by hand: two of three words
    await gallery.close();
    await expect(store.write(folder, encodedRows(encoder, ["more"]))).rejects.toThrow(/already holds vectors/);
  });
});
