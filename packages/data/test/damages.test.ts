import { damages, type Damage, type DamagePolicy } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { describe, expect, it } from "vitest";

const damage = (i: number, kind: Damage["kind"] = "picture missing"): Damage => ({
  kind,
  sample: `pairs.tsv:${i}`,
  reason: "no such file. Give the folder.",
});

describe("damages", () => {
  it("does what each policy says, as WebDataset's handlers do", () => {
    const told: string[] = [];
    const of = (onDamaged: DamagePolicy) =>
      damages({ onDamaged, warn: (line) => void told.push(line), mostDamaged: 1 });
    expect(of("skip").record(damage(1))).toBe(true); // ignore_and_continue
    expect(of("skip and stop").record(damage(1))).toBe(false); // ignore_and_stop
    expect(told).toEqual([]);
    expect(of("warn").record(damage(2))).toBe(true); // warn_and_continue
    expect(of("warn and stop").record(damage(3))).toBe(false); // warn_and_stop
    expect(told).toEqual([2, 3].map((i) => `pairs.tsv:${i}: picture missing: no such file. Give the folder.`));
    const raise = () => of("raise").record(damage(4)); // reraise_exception
    expect(raise).toThrow(UserError);
    expect(raise).toThrow(
      /^pairs\.tsv:4: picture missing: no such file\. Give the folder\. .*onDamaged "warn" or "skip"/,
    );
  });

  it("counts by kind, each sample once, and names the first of each kind", () => {
    const counter = damages({ onDamaged: "skip", mostDamaged: 1 });
    for (const one of [damage(1), damage(1), damage(2), damage(1, "too large")]) counter.record(one);
    expect(counter.counts).toEqual({ "picture missing": 2, "too large": 1 });
    expect(counter.lines()).toEqual([
      "passed over, picture missing: 2 (pairs.tsv:1: no such file. Give the folder.)",
      "passed over, too large: 1 (pairs.tsv:1: no such file. Give the folder.)",
    ]);
    expect(damages().lines()).toEqual([]);
  });

  it("warns of a kind five times, then counts", () => {
    const told: string[] = [];
    const counter = damages({ warn: (line) => void told.push(line), mostDamaged: 1 });
    for (let i = 0; i < 50; i++) counter.record(damage(i));
    counter.record(damage(0, "no caption"));
    expect(told).toHaveLength(6);
    expect(told[4]).toContain("counted and not named");
    expect(counter.counts).toEqual({ "picture missing": 50, "no caption": 1 });
  });

  it("stops past a tenth of the samples, from the 20th on or at the end", () => {
    const counter = damages({ onDamaged: "skip" });
    for (let i = 0; i < 19; i++) counter.tried();
    for (let i = 0; i < 10; i++) counter.record(damage(i));
    counter.tried();
    expect(() => counter.record(damage(10))).toThrow(
      "11 of 20 samples are damaged, more than 10 %: pairs.tsv:0 (picture missing); pairs.tsv:1 (picture missing); pairs.tsv:2 (picture missing). Repair them, or allow more (mostDamaged).",
    );
    expect(() => counter.finish()).toThrow(UserError);
    const few = damages({ onDamaged: "skip" });
    few.tried();
    few.record(damage(1));
    expect(() => few.finish()).toThrow("1 of 1 samples");
    const sound = damages({ onDamaged: "skip" });
    for (let i = 0; i < 20; i++) sound.tried();
    for (let i = 0; i < 2; i++) sound.record(damage(i));
    expect(() => sound.finish()).not.toThrow();
  });

  it("refuses a policy that is none", () => {
    expect(() => damages({ onDamaged: "ignore" as DamagePolicy })).toThrow(
      /raise, skip, warn, skip and stop, warn and stop/,
    );
  });
});
