import { loadEngine, statistics, tf } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

describe("statistics", () => {
  it("holds each leaf's newest value through tidy scopes, and disposes the older one", () => {
    const leaf = tf.scalar(1);
    const before = tf.memory().numTensors;
    const collected = statistics();
    expect(collected.latest(leaf)).toBe(leaf);
    for (const value of [2, 3]) tf.tidy(() => void collected.record(leaf, tf.scalar(value)));
    expect(collected.latest(leaf).dataSync()[0]).toBe(3);
    expect(leaf.dataSync()[0]).toBe(1);
    expect([...collected.entries().keys()]).toEqual([leaf]);
    expect(tf.memory().numTensors - before).toBe(1);
    tf.dispose([leaf, ...collected.entries().values()]);
  });
});
