import { visionTransformer } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import { leaves, loadEngine, tf, type Tensor4D } from "@nearfar/tensor";
import { noise, relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";

beforeAll(() => void loadEngine());

describe("visionTransformer", () => {
  it("has open_clip's form: as many weights as its ViT of that size", () => {
    tf.tidy(() => {
      const net = visionTransformer({ size: 64, patch: 8, width: 192, depth: 6, heads: 3, out: 128 });
      const count = [...leaves(net.init(key(0))).values()].reduce((sum, { size }) => sum + size, 0);
      // open_clip 3.3.0: VisionTransformer(64, 8, 192, 6, 3, 4.0, output_dim=128), sum of p.numel()
      expect(count).toBe(2_744_064);
      expect(net.features).toBe(128);
    });
  });

  it("starts with the deviations that it states", () => {
    tf.tidy(() => {
      const [width, depth] = [96, 3];
      const at = leaves(visionTransformer({ size: 32, patch: 8, width, depth, heads: 3, out: 64 }).init(key(4)));
      const deviation = (path: string) => Math.sqrt(tf.mean(tf.square(at.get(path)!)).dataSync()[0]!);
      const stated: Record<string, number> = {
        "embeddings.class_embedding": width ** -0.5,
        "embeddings.position_embedding.weight": width ** -0.5,
        "embeddings.patch_embedding.weight": (3 * 192) ** -0.5, // uniform in ±1/√fanIn: that over √3
        "encoder.layers.1.self_attn.q_proj.weight": width ** -0.5,
        "encoder.layers.2.self_attn.out_proj.weight": (2 * depth * width) ** -0.5,
        "encoder.layers.0.mlp.fc1.weight": (2 * width) ** -0.5,
        "encoder.layers.0.mlp.fc2.weight": (2 * depth * width) ** -0.5,
        "projection.weight": width ** -0.5,
      };
      // A few thousand draws are within 5 % of their deviation, the 96 of the class token within 20 %.
      for (const [path, expected] of Object.entries(stated))
        expect(Math.abs(deviation(path) / expected - 1), path).toBeLessThan(path.endsWith("class_embedding") ? 0.2 : 0.05);
    });
  }); // prettier-ignore

  it("does not see what is left over beside its patches", () => {
    tf.tidy(() => {
      const net = visionTransformer({ size: 18, patch: 8, width: 16, depth: 1, heads: 2, pooling: "mean" });
      const picture = tf.tensor4d(Float32Array.from(noise("picture", 18 * 18 * 3)), [1, 18, 18, 3]);
      const params = net.init(key(1));
      const cut = tf.pad(tf.slice(picture, [0, 0, 0, 0], [1, 16, 16, 3]), [[0, 0], [0, 2], [0, 2], [0, 0]]) as Tensor4D; // prettier-ignore
      const [whole, without] = [picture, cut].map((x) => net.apply(params, x, { training: false }).dataSync());
      expect(relativeError(without!, whole!)).toBe(0);
    });
  });

  it("takes the mean of the patches whatever their order, where they have no place", () => {
    tf.tidy(() => {
      const net = visionTransformer({ size: 16, patch: 8, width: 16, depth: 2, heads: 2, pooling: "mean" });
      const params = net.init(key(1)) as Record<string, Record<string, object>>;
      const places = { ...params.embeddings, position_embedding: { weight: tf.zeros([4, 16]) } };
      const placeless = { ...params, embeddings: places } as unknown as ReturnType<typeof net.init>;
      const picture = tf.tensor4d(Float32Array.from(noise("picture", 16 * 16 * 3)), [1, 16, 16, 3]);
      const [left, right] = tf.split(picture, 2, 2);
      const swapped = tf.concat([right!, left!], 2) as Tensor4D;
      const [one, other] = [picture, swapped].map((x) => net.apply(placeless, x, { training: false }).dataSync());
      expect(relativeError(other!, one!)).toBeLessThan(1e-5); // float32 in another order
      const [placed, moved] = [picture, swapped].map((x) => net.apply(net.init(key(1)), x, { training: false }).dataSync()); // prettier-ignore
      expect(relativeError(moved!, placed!)).toBeGreaterThan(1e-3);
    });
  });

  it("refuses sizes that do not fit", () => {
    for (const wrong of [
      { patch: 300 },
      { width: 100, heads: 3 },
      { depth: 0 },
      { size: 1.5 },
      { out: -1 },
      { size: 1e9 },
      { attentionDropout: 1 },
    ])
      // prettier-ignore
      expect(() => visionTransformer(wrong), JSON.stringify(wrong)).toThrow(RangeError);
  });
});
