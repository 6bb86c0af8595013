import { Writable } from "node:stream";
import { skippedText, trainingConsole } from "@nearfar/command";
import { afterEach, describe, expect, it } from "vitest";

let text = "";
const kept = new Writable({
  write(chunk: Buffer, _, done) {
    text += chunk.toString();
    done();
  },
});
const stream = Object.assign(kept, { isTTY: false }) as unknown as NodeJS.WriteStream;
const engine = { name: "native", version: "2.18.0", threads: 2, gpu: false };
const open = (early: string[] = []) => trainingConsole(engine, { batch: 8, unit: "pairs", early: () => early, stream });

afterEach(() => {
  text = "";
});

describe("trainingConsole", () => {
  it("says nothing until something is said, and then first what runs and what came early", () => {
    const early: string[] = [];
    const out = open(early);
    expect([text, out.introduced]).toEqual(["", false]);
    early.push("One row was passed over.");
    out.say("Six pictures.");
    out.say("Go.");
    out.close();
    expect(out.introduced).toBe(true);
    expect(text.split("\n")).toEqual([
      "Engine native (TensorFlow 2.18.0, 2 threads).",
      "One row was passed over.",
      "Six pictures.",
      "Go.",
      "",
    ]);
  });

  it("tells loss and chance, and no speed before a second step", () => {
    const out = open();
    out.progress({ step: 1, steps: 4, loss: 2, chance: 2.0794 });
    out.progress({ step: 4, steps: 4, loss: 1.5, chance: undefined });
    out.done("4 steps.");
    out.close();
    expect(text).toContain("training 25%  1/4  loss 2.000 (chance 2.079)\n");
    expect(text).toMatch(/training 100% {2}4\/4 {2}\d+ pairs\/s {2}loss 1\.500\n/);
    expect(text.endsWith("4 steps.\n")).toBe(true);
  });

  it("is interrupted by a signal once, and takes none after it is closed", () => {
    const before = process.listenerCount("SIGINT");
    const out = open();
    expect(out.interrupted()).toBe(false);
    process.emit("SIGINT");
    expect(out.interrupted()).toBe(true);
    expect(text).toContain("Stopping after this step ...");
    out.close();
    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});

describe("skippedText", () => {
  it("names three and says where the others are", () => {
    const all = ["a", "b", "c", "d"].map((path) => ({ path }));
    expect(skippedText([])).toBeUndefined();
    expect(skippedText(all.slice(0, 2))).toBe("2 pictures could not be read and were skipped: a, b.");
    expect(skippedText(all)).toBe("4 pictures could not be read and were skipped: a, b, c ... (all in report.json).");
  });
});
