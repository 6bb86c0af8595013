import { beforeAll, describe, expect, it } from "vitest";
import { retrieval } from "@nearfar/evaluation";
import { UserError } from "@nearfar/formats";
import { loadEngine } from "@nearfar/tensor";
import { gaussian, matrix } from "@nearfar/testing";

beforeAll(() => void loadEngine());

describe("retrieval", () => {
  const gallery = matrix([[1, 0], [0.9, 0.1], [0, 1]]); // prettier-ignore
  const queries = matrix([[1, 0], [1, 0.01], [0.1, 1], [0, 1]]); // prettier-ignore

  it("counts right answers among the k nearest", () => {
    // By hand: the orders are 0 1 2, 0 1 2, 2 1 0, 2 1 0; the answers stand at ranks 1, 2, 1, 3.
    const recall = retrieval(queries, gallery, Int32Array.of(0, 1, 2, 0), { ks: [1, 2, 3] });
    expect(recall).toEqual({ "recall@1": 0.5, "recall@2": 0.75, "recall@3": 1 });
  });

  it("is content with one of several answers", () => {
    expect(retrieval(queries, gallery, [[0, 2], [2, 1], [1], [0]], { ks: [1, 2] })).toEqual({ "recall@1": 0.25, "recall@2": 0.75 }); // prettier-ignore
  });

  it("finds every vector in a gallery of itself, however long the queries", () => {
    const set = gaussian(1, 50, 6);
    const longer = { ...set, data: set.data.map((value) => 7 * value) };
    expect(
      retrieval(
        longer,
        set,
        Int32Array.from({ length: 50 }, (_, i) => i),
      ),
    ).toEqual({ "recall@1": 1, "recall@5": 1 });
  });

  it("finds chance's share in noise", () => {
    // Independent of the answers: 5 of 50 places are right, 400 queries, so that three deviations are 0.045.
    const recall = retrieval(
      gaussian(1, 400, 6),
      gaussian(2, 50, 6),
      Int32Array.from({ length: 400 }, (_, i) => i % 50),
    );
    expect(Math.abs(recall["recall@5"]! - 0.1)).toBeLessThan(0.045);
  });

  it("refuses a k above the gallery and answers that are missing or outside", () => {
    expect(() => retrieval(queries, gallery, Int32Array.of(0, 1, 2, 0))).toThrow(UserError); // k 5 of 3
    expect(() => retrieval(queries, gallery, Int32Array.of(0, 1), { ks: [1] })).toThrow("got 2 for 4 queries");
    expect(() => retrieval(queries, gallery, Int32Array.of(0, 1, 3, 0), { ks: [1] })).toThrow(
      "query 2 has answers from 0 to 2; got 3",
    );
    expect(() => retrieval(queries, gallery, [[0], [], [1], [1]], { ks: [1] })).toThrow(
      "query 1 has answers from 0 to 2; got none",
    );
  });
});
