import { startStatic } from "@nearfar/encoders";
import { key } from "@nearfar/random";
import { loadEngine, tf, type Params, type Tensor2D } from "@nearfar/tensor";
import { trainTokenizer } from "@nearfar/tokenizers";
import { beforeAll, describe, expect, it } from "vitest";
import { withoutUnknown } from "../src/withoutUnknown.ts";

beforeAll(() => void loadEngine());

describe("withoutUnknown", () => {
  it("lets an unknown word say nothing, in training and after", async () => {
    const tokenizer = trainTokenizer(["red disc", "red disc blue"], { model: "words", vocabulary: 20 });
    const { unknown } = tokenizer.special;
    const start = withoutUnknown(startStatic(tokenizer, { dimensions: 4, deviation: 1, maxTokens: 8 }));
    const ids = (text: string) => [...start.wrap(tokenizer.encode(text))];
    expect(ids("red zebra disc")).toEqual(ids("red disc"));
    expect(ids("zebra")).toEqual([unknown]);

    const params = start.encoder.init(key(0));
    const row = tf.tidy(() =>
      tf.slice((params.embedding as Params).weight as Tensor2D, [unknown!, 0], [1, 4]).dataSync(),
    );
    expect(row.every((value) => value === 0)).toBe(true);
    const model = start.model(params);
    const { data } = await model.encode(["red zebra disc", "red disc"]);
    const [with_, without] = [data.subarray(0, 4), data.subarray(4)];
    without.forEach((value, i) => expect(with_[i]).toBeCloseTo(value, 5));
    model.dispose();
    tf.dispose(params);
  });
});
