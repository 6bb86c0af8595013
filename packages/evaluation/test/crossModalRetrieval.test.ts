import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { crossModalRetrieval } from "@nearfar/evaluation";
import { loadEngine } from "@nearfar/tensor";
import { gaussian, matrix, tensorCount } from "@nearfar/testing";
import { expectClose } from "./expectClose.ts";
import { pairs } from "./pairs.ts";

beforeAll(() => void loadEngine());

describe("crossModalRetrieval", () => {
  it("equals open_clip's, with one text a picture", () => {
    const { images, texts, expected } = pairs.retrieval;
    expectClose(crossModalRetrieval(matrix(images), matrix(texts)), expected, 9); // golden/makePairs.py
  });

  it("equals Flickr's protocol in NumPy, with several texts a picture in any order, and ties", () => {
    const { images, texts, owner, expected } = pairs.captions;
    const found = crossModalRetrieval(matrix(images), matrix(texts), { owner: Int32Array.from(owner) });
    expectClose(found, expected, 9); // golden/makePairs.py
  });

  it("is the same by chunks as a slow count, whatever the order of the texts", () => {
    // 2100 x 2000 cosines and more take several chunks of 2^22.
    const [n, m] = [2000, 2100];
    const owner = Int32Array.from({ length: m }, (_, i) => (i * 7) % n);
    const [images, noise] = [gaussian(1, n, 4), gaussian(2, m, 4)];
    const texts = {
      rows: m,
      dimensions: 4,
      data: noise.data.map((value, i) => 0.1 * value + images.data[owner[Math.floor(i / 4)]! * 4 + (i % 4)]!),
    };
    const found = crossModalRetrieval(images, texts, { owner, ks: [1, 50] });
    const unit = ({ data }: { data: Float32Array }, row: number) => {
      const values = [...data.subarray(4 * row, 4 * row + 4)];
      const length = Math.hypot(...values);
      return values.map((value) => value / length);
    };
    const [x, y] = [images, texts].map((side) => Array.from({ length: side.rows }, (_, i) => unit(side, i)));
    const cosine = (a: number[], b: number[]) => a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]! + a[3]! * b[3]!;
    // Within float32's rounding of each other are ties here and there, in a few of 4 million: the mean rank moves by less than 0.02.
    const ranks = y!.map((text, j) => {
      const own = cosine(text, x![owner[j]!]!);
      return x!.filter((image) => cosine(text, image) >= own).length;
    });
    const mean = ranks.reduce((sum, rank) => sum + rank, 0) / m;
    expect(Math.abs(found.textToImage.meanRank - mean)).toBeLessThan(0.02);
    expect(found.textToImage.recall["recall@50"]).toBeCloseTo(ranks.filter((rank) => rank <= 50).length / m, 2);
  });

  it("does not depend on lengths and order", () => {
    const { images, texts, owner } = pairs.captions;
    const expected = crossModalRetrieval(matrix(images), matrix(texts), { owner: Int32Array.from(owner) });
    const orders = fc.shuffledSubarray(
      owner.map((_, i) => i),
      { minLength: owner.length },
    );
    fc.assert(
      fc.property(orders, fc.double({ min: 0.5, max: 20, noNaN: true }), (order, scale) => {
        const moved = matrix(order.map((i) => texts[i]!.map((value) => scale * value)));
        const found = crossModalRetrieval(matrix(images), moved, { owner: Int32Array.from(order, (i) => owner[i]!) });
        expectClose(found, expected, 9);
      }),
      { numRuns: 10 },
    );
  });

  it("finds everything in equal sides, and nothing where all vectors are one", () => {
    const set = gaussian(3, 40, 8);
    const perfect = { recall: { "recall@1": 1, "recall@5": 1, "recall@10": 1 }, medianRank: 1, meanRank: 1 };
    expect(crossModalRetrieval(set, set)).toEqual({ imageToText: perfect, textToImage: perfect });
    const one = { ...set, data: set.data.map((_, i) => Math.fround(0.1 + (i % 8))) };
    const none = { recall: { "recall@1": 0, "recall@5": 0, "recall@10": 0 }, medianRank: 40, meanRank: 40 };
    expect(crossModalRetrieval(one, one)).toEqual({ imageToText: none, textToImage: none });
  });

  it("leaves no tensor behind", () => {
    const set = gaussian(3, 40, 8);
    const before = tensorCount();
    crossModalRetrieval(set, set);
    expect(tensorCount()).toBe(before);
  });

  it("refuses sides of two spaces, owners that are not there, and pictures without a text", () => {
    const [images, texts] = [gaussian(1, 3, 4), gaussian(2, 5, 4)];
    expect(() => crossModalRetrieval(images, gaussian(2, 3, 5))).toThrow("got 4 and 5 dimensions");
    expect(() => crossModalRetrieval(images, texts)).toThrow("got 3 images and 5 texts");
    const with_ = (...owner: number[]) => crossModalRetrieval(images, texts, { owner: Int32Array.from(owner) });
    expect(() => with_(0, 1, 2)).toThrow("got 3 for 5 texts");
    expect(() => with_(0, 1, 2, 3, 0)).toThrow("text 3 is of a picture from 0 to 2; got 3");
    expect(() => with_(0, 1, 2, -1, 0)).toThrow("got -1");
    expect(() => with_(0, 0, 2, 2, 0)).toThrow("picture 1 has none");
    expect(() => crossModalRetrieval({ ...images, data: images.data.fill(NaN) }, images)).toThrow("got NaN in row 0");
  });
});
