import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { queued } from "@nearfar/losses";
import { loadEngine, tf } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { batch } from "./batch.ts";
import { losses, peerLosses } from "./goldenLosses.ts";
import { plain, type Rows } from "./plain.ts";
import { tensors } from "./tensors.ts";
import { value } from "./value.ts";

beforeAll(() => void loadEngine());

/** He et al. 2020, Algorithm 1: the logits of a query are [q·k, q·queue] / T, and the right class is 0. */
function transcription([queries, keys, queue]: Rows[], temperature: number): number {
  const [q, k] = [plain.unit(queries!), plain.unit(keys!)];
  const each = q.map((query, i) => {
    const logits = [k[i]!, ...queue!].map((key) => plain.dot(query, key) / temperature);
    return plain.crossEntropy(logits[0]!, logits);
  });
  return plain.mean(each);
}

const engine = ([queries, keys, queue]: Rows[], temperature?: number) =>
  value(() => {
    const [q, k, rows] = tensors(queries!, keys!, queue!);
    return queued(q!, k!, { queue: rows!, temperature });
  });

describe("queued", () => {
  const { z0, z1, z2 } = losses.inputs;
  const queue = plain.unit(z2);

  it("is the golden value of lightly's memory bank", () => {
    const exact = transcription([z0, z1, queue], 0.1);
    const golden = peerLosses["ntxent memory bank T=.1, bank=normalised z2 (4 rows), z0 query, z1 key"]!;
    expect(relativeError([exact], [golden])).toBeLessThan(1e-9);
    expect(relativeError([engine([z0, z1, queue], 0.1)], [exact])).toBeLessThan(1e-5);
  });

  it("has temperature 0.07 unless told", () => {
    const exact = transcription([z0, z1, queue], 0.07); // facebookresearch/moco, main_moco.py
    expect(relativeError([engine([z0, z1, queue])], [exact])).toBeLessThan(1e-5);
  });

  it("is the transcription on random batches", () => {
    const property = fc.property(batch(3), fc.constantFrom(0.07, 0.2, 1), ([queries, keys, rows], temperature) => {
      const sides = [queries!, keys!, plain.unit(rows!)];
      expect(relativeError([engine(sides, temperature)], [transcription(sides, temperature)])).toBeLessThan(1e-5);
    });
    fc.assert(property, { numRuns: 20, seed: 1 });
  });

  it("sends no gradient to keys and queue, however they were made", () => {
    const [q, k, rows] = tensors(z0, z1, queue);
    const loss = () => queued(q!, tf.mul(k!, 2), { queue: tf.mul(rows!, 1) });
    const { grads } = tf.engine().gradients(loss, [q!, k!, rows!], undefined, true);
    expect(grads[0]!.shape).toEqual([4, 6]);
    expect(grads.slice(1).map((gradient) => gradient ?? "none")).toEqual(["none", "none"]);
  });

  it("counts a queue of zeros as k candidates of similarity 0", () => {
    const sides = [z0, z0, Array.from({ length: 7 }, () => [0, 0, 0, 0, 0, 0])];
    expect(engine(sides, 1)).toBeCloseTo(Math.log(1 + 7 * Math.exp(-1)), 5); // -log(e / (e + 7)), eq. 1 by hand
  });

  it("is the same for a queue in any order, and as long as it likes", () => {
    expect(engine([z0, z1, [...queue].reverse()])).toBeCloseTo(engine([z0, z1, queue]), 5); // a sum has no order
    expect(engine([z0, z1, queue.slice(0, 1)])).toBeLessThan(engine([z0, z1, queue])); // fewer terms below the line
  });

  it("names the shapes where they differ", () => {
    expect(() => queued(tf.zeros([4, 3]), tf.zeros([3, 3]), { queue: tf.zeros([8, 3]) })).toThrow(
      "queued: queries need one key each; got [4, 3] and [3, 3]. Was a batch dropped on one side?",
    );
    expect(() => queued(tf.zeros([4, 3]), tf.zeros([4, 3]), { queue: tf.zeros([8, 2]) })).toThrow(
      /share d; got \[4,3\] and \[8,2\]/,
    );
  });
});
