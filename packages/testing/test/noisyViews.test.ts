import { loadEngine } from "@nearfar/tensor";
import { noisyViews } from "@nearfar/testing";
import { describe, expect, it } from "vitest";

describe("noisyViews", () => {
  it("gives the same views for the same step, others for another; two views of a picture are nearer than two pictures", () => {
    loadEngine();
    const views = noisyViews(1, { pairs: 2 });
    expect(views.shape).toEqual([4, 16, 16, 3]);
    expect(views.dataSync()).toEqual(noisyViews(1, { pairs: 2 }).dataSync());
    expect(views.dataSync()).not.toEqual(noisyViews(2, { pairs: 2 }).dataSync());
    const size = 16 * 16 * 3;
    const picture = (i: number) => views.dataSync<"float32">().slice(i * size, (i + 1) * size);
    const apart = (i: number, j: number) => picture(i).reduce((sum, u, at) => sum + (u - picture(j)[at]!) ** 2, 0);
    expect(apart(0, 2)).toBeLessThan(apart(0, 1) / 2);
    expect(apart(1, 3)).toBeLessThan(apart(1, 2) / 2);
  });
});
