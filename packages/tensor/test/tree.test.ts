import { isTrainable, leaves, loadEngine, mapLeaves, type Params, type Tensor, tf, tree } from "@nearfar/tensor";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

const hostile = fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "dataId", "0", "1", " ", "ä");
const name = fc.oneof(hostile, fc.string({ minLength: 1, maxLength: 6 }).filter((text) => !text.includes("."))); // prettier-ignore
const paths = fc.uniqueArray(
  fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join(".")),
  { maxLength: 12 },
);
const prefixFree = paths.map((all) => all.filter((path) => !all.some((other) => other.startsWith(`${path}.`))));

describe("tree, leaves, mapLeaves", () => {
  it("are inverse for any names without a dot", () => {
    const leaf = tf.scalar(1);
    fc.assert(
      fc.property(prefixFree, (all) => {
        const flat = new Map<string, Tensor>(all.map((path) => [path, leaf]));
        const built = tree(flat);
        expect([...leaves(built).keys()].sort()).toEqual([...all].sort());
        const mapped = mapLeaves(built, (given, path) => {
          expect(given === flat.get(path)).toBe(true);
          return given;
        });
        expect([...leaves(mapped).keys()]).toEqual([...leaves(built).keys()]);
      }),
    );
    expect(Object.keys(Object.prototype), "nothing was written through a prototype").toEqual([]);
    leaf.dispose();
  });

  it("refuse a path that is a leaf and a branch, or there twice", () => {
    const leaf = tf.scalar(1);
    for (const both of [
      ["a", "a.b"],
      ["a.b", "a"],
      ["a.b", "a.b.c"],
      ["a", "a"],
      ["dataId", "dataId.x"],
    ])
      // prettier-ignore
      expect(() => tree(both.map((path) => [path, leaf] as const)), both.join()).toThrow(RangeError);
    leaf.dispose();
  });

  it("refuse a name with a dot, and none", () => {
    const leaf = tf.scalar(1);
    expect(() => leaves({ "a.b": leaf })).toThrow(/got "a\.b"/);
    expect(() => leaves({ a: { "": leaf } })).toThrow(/got "a\."/);
    leaf.dispose();
  });

  it("keep the order in which a tree was built, and the values", () => {
    tf.tidy(() => {
      const params: Params = { second: tf.scalar(2), first: { weight: tf.scalar(1), bias: tf.scalar(0) } };
      expect([...leaves(params).keys()]).toEqual(["second", "first.weight", "first.bias"]);
      const doubled = mapLeaves(params, (leaf) => tf.mul(leaf, 2));
      expect([...leaves(doubled).values()].map((leaf) => leaf.dataSync()[0])).toEqual([4, 2, 0]);
    });
  });
});

describe("isTrainable", () => {
  it("is true of all but running statistics", () => {
    expect(["weight", "a.running_mean", "running_var", "running_.weight", "a.bias"].filter(isTrainable)).toEqual(["weight", "running_.weight", "a.bias"]); // prettier-ignore
  });
});
