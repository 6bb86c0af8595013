import { Writable } from "node:stream";
import { progress } from "@nearfar/command";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let text = "";
let time = 0; // ms

beforeEach(() => {
  text = "";
  time = 0;
});

/** A stream that keeps what is written; with `isTTY` it is a terminal of 120 columns. */
function stream(isTTY: boolean): NodeJS.WriteStream {
  const kept = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk.toString();
      done();
    },
  });
  return Object.assign(kept, { isTTY, columns: 120, rows: 40 }) as unknown as NodeJS.WriteStream;
}

const now = () => time;

describe("progress without a terminal", () => {
  it("prints the first and the last, and between them a line in 10 s and 5 %", () => {
    const bar = progress({ total: 1000, label: "train", stream: stream(false), now });
    for (let step = 1; step <= 1000; step++) {
      time = step * 100; // 10 steps a second: 5 % in 5 s, so that 10 s decide
      bar.update(step, `loss ${step}`);
    }
    bar.stop();
    const lines = text.trimEnd().split("\n");
    expect(lines).toHaveLength(11);
    expect(lines.slice(0, 2)).toEqual([
      "train 0%  1/1000  loss 1  1m 40s left",
      "train 10%  101/1000  loss 101  1m 30s left",
    ]);
    expect(lines.at(-1)).toBe("train 100%  1000/1000  loss 1000");
  });

  it("lets 5 % decide where these take longer, and a minute where they take very long", () => {
    const bar = progress({ total: 100, label: "a", stream: stream(false), now });
    for (let step = 1; step <= 100; step++) bar.update(step, ((time = step * 9000), "")); // 5 % in 45 s
    expect(text.match(/\n/g)).toHaveLength(21);
    text = "";
    time = 0;
    const slow = progress({ total: 10_000, label: "b", stream: stream(false), now });
    for (let step = 1; step <= 100; step++) slow.update(step, ((time = step * 9000), "")); // 5 % in 75 min: 63 s a line
    expect(text.match(/\n/g)).toHaveLength(15);
  });

  it("reckons the time left from what this process did, not from what a resumed run had", () => {
    const bar = progress({ total: 1000, start: 900, label: "train", stream: stream(false), now });
    time = 10_000;
    bar.update(950);
    expect(text).toBe("train 95%  950/1000  10s left\n");
  });

  it("prints a note, and no control characters", () => {
    const bar = progress({ total: 2, label: "train", stream: stream(false), now });
    bar.note("collapse: lower the learning rate");
    bar.update(1);
    bar.update(2);
    bar.update(2);
    bar.stop();
    expect(text).toBe("collapse: lower the learning rate\ntrain 50%  1/2  0s left\ntrain 100%  2/2\n");
  });
});

describe("progress on a terminal", () => {
  let listeners: number;
  beforeEach(() => void (listeners = process.listenerCount("SIGINT")));
  afterEach(() => expect(process.listenerCount("SIGINT")).toBe(listeners)); // signals are the program's

  it("draws a bar, prints notes above it, and leaves a line", () => {
    const bar = progress({ total: 10, label: "train", stream: stream(true), now });
    expect(text).toContain("train \u2591"); // an empty bar
    time = 5000;
    bar.update(5, "loss 4.2 (chance 5.5)");
    bar.note("a warning");
    expect(text).toContain("a warning\n");
    expect(text.slice(text.indexOf("a warning"))).toContain("\u2588\u2591"); // drawn again, half full
    expect(text).toContain("50%  5/10  loss 4.2 (chance 5.5)  5s left");
    bar.update(10, "loss 3");
    bar.stop();
    expect(text.endsWith("train 100%  10/10  loss 3\n")).toBe(true);
  });
});
