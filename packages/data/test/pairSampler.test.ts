import { pairSampler, sampler, type PairItem } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { key } from "@nearfar/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const items = (captions: readonly (readonly string[])[]): PairItem[] =>
  captions.map((own, i) => ({ path: `${i}.png`, captions: own }));

/** Pictures with one to three captions of few, and a concept or none. */
const problems = fc.record({
  batch: fc.integer({ min: 1, max: 6 }),
  seed: fc.nat(),
  pictures: fc.array(
    fc.record({
      captions: fc.array(fc.nat(30), { minLength: 1, maxLength: 3 }),
      concept: fc.option(fc.nat(20), { nil: undefined }),
    }),
    { minLength: 6, maxLength: 60 },
  ),
});

describe("pairSampler", () => {
  it("is sampler where nothing is shared", () => {
    const plain = sampler(key(3), 50, { batch: 8 });
    const pairs = pairSampler(key(3), items(Array.from({ length: 50 }, (_, i) => [`${i}`, `also ${i}`])), { batch: 8 });
    expect(pairs.description).toBe("");
    expect(pairs.batch).toBe(8);
    for (let step = 0; step < 20; step++) expect(pairs.indices(step)).toEqual(plain.indices(step));
  });

  it("never lets pictures meet that share a caption or a concept, and is a function of the step", () => {
    fc.assert(
      fc.property(problems, ({ batch, seed, pictures }) => {
        const own = pictures.map(({ captions, concept }, i) => ({
          path: `${i}`,
          captions: captions.map((caption) => `Caption  ${caption}`),
          ...(concept === undefined ? {} : { concept: `${concept}` }),
        }));
        let made;
        try {
          made = pairSampler(key(seed), own, { batch });
        } catch (error) {
          expect(error).toBeInstanceOf(UserError); // all share something
          return;
        }
        const { batchesPerEpoch, indices } = made;
        for (let step = 0; step < batchesPerEpoch; step++) {
          const chosen = [...indices(step)];
          expect(chosen).toHaveLength(made.batch);
          const texts = chosen.flatMap((i) => [...new Set(own[i]!.captions)]);
          expect(new Set(texts).size).toBe(texts.length);
          const concepts = chosen.flatMap((i) => own[i]!.concept ?? []);
          expect(new Set(concepts).size).toBe(concepts.length);
        }
        expect(pairSampler(key(seed), own, { batch }).indices(0)).toEqual(indices(0));
      }),
    );
  });

  it("takes a thousand equal captions one a batch, and says so", () => {
    const same = Array.from({ length: 1000 }, (_, i) => [i % 2 ? "The same" : " the  SAME "]);
    const mixed = items([...same, ...Array.from({ length: 250 }, (_, i) => [`${i}`])]);
    const { batchesPerEpoch, batch, description, indices } = pairSampler(key(0), mixed, { batch: 64 });
    // 63 of the 250 others and one of the thousand make a batch: three.
    expect([batchesPerEpoch, batch]).toEqual([3, 64]);
    for (let step = 0; step < 9; step++) expect([...indices(step)].filter((i) => i < 1000)).toHaveLength(1);
    expect(description).toBe(
      "pictures that share a caption or concept never meet in a batch: a batch has 64 pictures, an epoch 3 batches and not 19, so that 1058 of 1250 wait for other epochs",
    );
  });

  it("shrinks the batch to what there is, and refuses where nothing tells pictures apart", () => {
    const three = items(Array.from({ length: 1000 }, (_, i) => [i < 2 ? `${i}` : "the same"]));
    const small = pairSampler(key(0), three, { batch: 64 });
    expect([small.batch, small.batchesPerEpoch]).toEqual([3, 1]);
    expect(small.description).toContain("a batch has 3 pictures and not 64");
    for (let step = 0; step < 5; step++) expect([...small.indices(step)]).toEqual(expect.arrayContaining([0, 1]));
    const same = items(Array.from({ length: 1000 }, () => ["the same"]));
    expect(() => pairSampler(key(0), same)).toThrow(UserError);
    expect(() => pairSampler(key(0), same)).toThrow("all 1000 pictures share a caption or concept");
    expect(() => pairSampler(key(0), items([["one pair"]]), { batch: 1 })).toThrow(/needs at least 2; got 1/);
  });

  it("keeps apart by concepts alone where captions are tags", () => {
    const icons = Array.from({ length: 40 }, (_, i) => ({ path: `${i}`, captions: ["arrow"], concept: `${i % 20}` }));
    const { batch, batchesPerEpoch } = pairSampler(key(0), icons, { batch: 20, captions: false });
    expect([batch, batchesPerEpoch]).toEqual([20, 2]);
  });
});
