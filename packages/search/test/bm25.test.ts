import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readJsonLines, UserError } from "@nearfar/formats";
import { bm25 } from "@nearfar/search";
import { realData } from "@nearfar/testing";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

// Source: golden/make.py, bm25s 0.3.16, method "lucene".
const golden = JSON.parse(readFileSync(new URL("golden/search.json", import.meta.url), "utf8")) as {
  bm25: {
    documents: string[];
    queries: string[];
    settings: { k1: number; b: number; scores: number[][] }[];
  };
};
const { path, missing, reason } = realData("scifact");

describe("bm25", () => {
  it.each(golden.bm25.settings)("equals bm25s with k1 $k1 and b $b", ({ k1, b, scores }) => {
    const { documents, queries } = golden.bm25;
    const ranker = bm25(documents, { k1, b, tokenize: (text) => text.split(" ") });
    queries.forEach((query, q) => {
      const hits = ranker.search(query, documents.length);
      const expected = [...scores[q]!.entries()].filter(([, s]) => s > 0).sort((x, y) => y[1] - x[1] || x[0] - y[0]);
      expect([...hits.indices]).toEqual(expected.map(([document]) => document));
      expected.forEach(([, score], at) => expect(hits.scores[at]).toBeCloseTo(score, 6)); // float32
    });
  });

  it("gives the k best, and the same again", () => {
    const ranker = bm25(["a b", "a", "c a a", "d"]);
    const all = ranker.search("A!", 9);
    expect(all.indices.length).toBe(3);
    expect([...ranker.search("a", 2).indices]).toEqual([...all.indices.subarray(0, 2)]);
    expect(ranker.search("nothing", 3).indices.length).toBe(0);
    expect(ranker.search("", 3).indices.length).toBe(0);
  });

  it("gives the same best for any k", () => {
    const ranker = bm25(Array.from({ length: 500 }, (_, i) => `a ${"b ".repeat(i % 13)}${"c ".repeat(i % 7)}`));
    const all = ranker.search("b c", 500);
    for (const k of [1, 2, 10, 100]) expect(ranker.search("b c", k).indices).toEqual(all.indices.subarray(0, k));
  });

  it("finds words of Chinese", () => {
    const { indices } = bm25(["我喜欢吃苹果", "今天的天气很好", "the weather"]).search("天气", 3);
    expect([...indices]).toEqual([1]);
  });

  it("takes documents without words, and refuses no documents and settings out of range", () => {
    expect(bm25(["", "..."]).search("a", 1).indices.length).toBe(0);
    expect(bm25(["", "a"]).search("a", 1).indices[0]).toBe(1);
    expect(() => bm25([])).toThrow(UserError);
    expect(() => bm25(["a"], { k1: -1 })).toThrow(RangeError);
    expect(() => bm25(["a"], { b: 2 })).toThrow(RangeError);
    expect(() => bm25(["a"]).search("a", 0)).toThrow(UserError);
  });

  it.skipIf(missing)(`reaches the published quality on SciFact ${reason}`, async () => {
    type Document = { _id: string; title: string; text: string };
    const documents: Document[] = [];
    for await (const one of readJsonLines(join(path, "corpus.jsonl.gz"))) documents.push(one as Document);
    const queries = new Map<string, string>();
    for await (const one of readJsonLines(join(path, "queries.jsonl.gz")))
      queries.set(String((one as Document)._id), (one as Document).text);
    const relevant = new Map<string, Set<string>>();
    for (const line of gunzipSync(readFileSync(join(path, "qrels.tsv.gz")))
      .toString()
      .trim()
      .split("\n")) {
      const fields = line.split("\t");
      if (!fields.includes("test")) continue;
      const [query, document] = fields.filter((field) => /^\d+$/.test(field));
      relevant.set(query!, (relevant.get(query!) ?? new Set()).add(document!));
    }
    expect(relevant.size).toBe(300); // data set's README: 300 test queries
    const ranker = bm25(documents.map(({ title, text }) => `${title} ${text}`));
    let [ndcg, recall] = [0, 0];
    for (const [query, wanted] of relevant) {
      const found = [...ranker.search(queries.get(query)!, 100).indices].map((index) =>
        wanted.has(documents[index]!._id),
      );
      const gain = (hits: boolean[]) => hits.reduce((sum, hit, at) => sum + (hit ? 1 / Math.log2(at + 2) : 0), 0);
      const ideal = Array.from({ length: Math.min(10, wanted.size) }, () => true);
      ndcg += gain(found.slice(0, 10)) / gain(ideal) / relevant.size;
      recall += found.filter(Boolean).length / wanted.size / relevant.size;
    }
    // Source: the data set's README, plain BM25 without stemming.
    expect(Math.abs(ndcg - 0.6611)).toBeLessThan(0.001);
    expect(Math.abs(recall - 0.8852)).toBeLessThan(0.001);
  });
});
