import { configurationFor, type Settings } from "@nearfar/cross-modal-search";
import { describe, expect, it } from "vitest";
import { checkedSettings } from "../src/checkedSettings.ts";
import * as configs from "../src/configs/index.ts";

const photos: Settings = { ...configurationFor("photos"), seed: 0 };

describe("checkedSettings", () => {
  it.each(Object.keys(configs))("takes the configuration %s", (name) => {
    const settings = { ...configurationFor(name), seed: 0 };
    expect(checkedSettings(settings)).toBe(settings);
  });

  it.each<[keyof Settings, unknown, string]>([
    ["method", "simclr", 'unknown method "simclr"'],
    ["lock", "both", "unknown lock"],
    ["batch", 1, "batch: a whole number from 2"],
    ["size", 4, "size: a whole number from 8"],
    ["captions", 0, "captions: a whole number from 1"],
    ["temperature", 0, "temperature: a number above 0"],
    ["rate", 0, "rate: a number above 0"],
    ["rateText", -1, "rateText: a number of at least 0"],
    ["warmup", 2, "warmup: a share from 0 to 1"],
    ["keepWords", 0, "keep-words: a share above 0"],
    ["lock", "image", "a new tower knows nothing"],
    ["views", { ...photos.views, crop: [0.9, 0.5] }, "crop: a share of the area"],
  ])("refuses %s %j", (name, value, message) => {
    expect(() => checkedSettings({ ...photos, [name]: value })).toThrow(message);
  });

  it("refuses what a locked tower cannot do", () => {
    expect(() => checkedSettings({ ...photos, lock: "text", text: "folder", keepWords: 0.5 })).toThrow("Say --keep-words 1."); // prettier-ignore
    expect(() => checkedSettings({ ...photos, lock: "image", image: "folder", method: "slip" })).toThrow("Say --method clip."); // prettier-ignore
  });
});
