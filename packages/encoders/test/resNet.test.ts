import { resNet } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import { leaves, loadEngine, tf } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

describe("resNet", () => {
  // Source: num_params of torchvision's ResNet18_Weights, ResNet34_Weights, ResNet50_Weights, less `fc` (1000 · (d + 1)).
  it.each([
    [18, 512, 11_689_512 - 513_000],
    [34, 512, 21_797_672 - 513_000],
    [50, 2048, 25_557_032 - 2_049_000],
  ] as const)("%d has %d features, and torchvision's number of weights", (depth, features, weights) => {
    tf.tidy(() => {
      const net = resNet({ depth, stem: "large" });
      const sizes = [...leaves(net.init(key(0)))]
        .filter(([path]) => !path.includes("running_"))
        .map(([, leaf]) => leaf.size);
      expect([net.name, net.features]).toEqual([`resnet${depth}`, features]);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(weights);
    });
  });

  it("refuses another depth", () => {
    expect(() => resNet({ depth: 20 as 18 })).toThrow("resNet: the depth is 18, 34 or 50; got 20.");
    expect(() => resNet({ depth: "constructor" as unknown as 18 })).toThrow(RangeError);
  });
});
