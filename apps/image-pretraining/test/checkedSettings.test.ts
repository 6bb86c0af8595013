import { describe, expect, it } from "vitest";
import { checkedSettings } from "../src/checkedSettings.ts";
import { configurationFor } from "../src/configurationFor.ts";
import * as configs from "../src/configs/index.ts";
import { settings } from "../src/settings.ts";

const good = settings(configurationFor("small"), 0);

describe("checkedSettings", () => {
  it("passes every configuration as it is", () => {
    for (const name of Object.keys(configs)) {
      const chosen = settings(configurationFor(name), 0);
      expect(checkedSettings(chosen)).toEqual(chosen);
    }
  });

  it.each([
    ["method", "moco", /unknown method "moco"/],
    ["method", undefined, /unknown method "undefined"/],
    ["encoder", "constructor", /unknown encoder "constructor"/], // a name that every object has
    ["optimizer", ["sgd", "x"], /unknown optimizer/],
    ["batch", 1, /batch: a whole number from 2/],
    ["batch", 2.5, /batch: .* got 2\.5/],
    ["seed", -1, /seed/],
    ["size", 1e9, /size: a whole number from 8 to 1024; got 1000000000/],
    ["size", "32", /size: .* got 32/],
    ["projector", undefined, /projector\.hidden: .* got undefined/],
    ["projector", { hidden: 128, out: 1e12 }, /projector\.out/],
    ["temperature", 0, /temperature: a number above 0; got 0/],
    ["rate", Number.NaN, /rate: .* got NaN/],
    ["weightDecay", -1, /weightDecay/],
    ["warmup", "x", /warmup/],
  ])("refuses %s %j, and says where it stands", (name, value, message) => {
    const bad = { ...good, [name]: value };
    const refused = () => checkedSettings(bad, "runs/first/run.json");
    expect(refused).toThrow(message);
    expect(refused).toThrow(/^runs\/first\/run\.json: /);
    expect(refused).toThrow(expect.objectContaining({ name: "UserError" }));
  });
});
