import { join } from "node:path";
import { newImageEncoder, openImageModel } from "@nearfar/encoders";
import type { Image } from "@nearfar/formats";
import { normalize, preprocess } from "@nearfar/image-augmentation";
import { key } from "@nearfar/random";
import { loadEngine, tf } from "@nearfar/tensor";
import { temporaryFolder } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { configurationFor } from "../src/configurationFor.ts";
import { encoderSettings } from "../src/encoderSettings.ts";
import { settings } from "../src/settings.ts";
import { whole } from "../src/whole.ts";
import { writeRunModel } from "../src/writeRunModel.ts";

beforeAll(() => void loadEngine());

/** Red is the column, green the row. */
function picture(width: number, height: number): Image {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set([(7 * x) % 256, (5 * y) % 256, 90], 3 * (y * width + x));
  return { width, height, data };
}

describe("writeRunModel", () => {
  it.each(["small", "smallResnet18"])(
    "writes the encoder of %s, which prepares square pictures as the run's own commands",
    async (name) => {
      const chosen = settings(configurationFor(name), 0);
      const dir = temporaryFolder();
      const encoder = newImageEncoder(encoderSettings(chosen));
      const params = encoder.init(key(0));
      await writeRunModel(dir, chosen, params);
      const model = await openImageModel(join(dir, "model"));
      for (const side of [32, 50]) {
        const pixels = preprocess(picture(side, side), model.preprocessing);
        const own = normalize(whole(picture(side, side), 32));
        expect(pixels).toEqual(own);
        const expected = tf.tidy(() =>
          encoder.apply(params, tf.tensor4d(own, [1, 32, 32, 3]), { training: false }).dataSync(),
        );
        expect((await model.encode(pixels)).data).toEqual(expected);
      }
      model.dispose();
      tf.dispose(params as never);
    },
  );
});
