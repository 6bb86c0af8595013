import { key } from "@nearfar/random";
import { loadEngine, tf } from "@nearfar/tensor";
import { beforeAll, describe, expect, it } from "vitest";
import { assemble } from "../src/assemble.ts";
import { configurationFor } from "../src/configurationFor.ts";
import * as configs from "../src/configs/index.ts";
import { settings } from "../src/settings.ts";

describe("assemble", () => {
  beforeAll(() => void loadEngine());

  it.each(Object.keys(configs))("makes what %s names", (name) => {
    const chosen = settings(configurationFor(name), 0);
    tf.tidy(() => {
      const { method, encoder } = assemble(chosen);
      expect(method.name).toBe(chosen.method);
      expect(encoder.name.toLowerCase()).toBe(chosen.encoder);
      expect(Object.keys(method.init(key(1)).params)).toEqual(["encoder", "projector"]);
    });
  });

  it("warms up and falls to 0 as the configuration says", () => {
    const chosen = settings(configurationFor("imagenet"), 0);
    const rate = assemble(chosen).schedule(1000);
    // The peak is 0.075 · √256 = 1.2, reached after a tenth of the steps; a cosine falls to about 0.
    expect(rate(0)).toBeLessThan(rate(50));
    expect(Math.max(...Array.from({ length: 1000 }, (_, step) => rate(step)))).toBeCloseTo(1.2, 2);
    expect(rate(999)).toBeLessThan(0.01);
  });
});
