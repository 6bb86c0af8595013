import { onInterrupt } from "@nearfar/command";
import { describe, expect, it } from "vitest";

/** Sends signals at given times of a clock of its own; says what happened. */
function press(signals: [number, NodeJS.Signals][]): string[] {
  const seen: string[] = [];
  let time = 0;
  const dispose = onInterrupt(() => void seen.push(`handler ${time}`), {
    exit: (code) => void seen.push(`exit ${code} at ${time}`),
    now: () => time,
  });
  for (const [at, signal] of signals) {
    time = at;
    process.emit(signal);
  }
  dispose();
  return seen;
}

describe("onInterrupt", () => {
  it("calls the handler at the first signal, and takes signals within a second for the same press", () => {
    expect(press([[0, "SIGINT"], [1, "SIGINT"], [500, "SIGTERM"], [999, "SIGINT"]])).toEqual(["handler 0"]); // prettier-ignore
    expect(press([[5, "SIGTERM"]])).toEqual(["handler 5"]);
  });

  it("ends the process with 130 at a second press", () => {
    expect(press([[0, "SIGINT"], [1000, "SIGINT"]])).toEqual(["handler 0", "exit 130 at 1000"]); // prettier-ignore
    expect(press([[0, "SIGINT"], [5000, "SIGTERM"]])).toEqual(["handler 0", "exit 130 at 5000"]); // prettier-ignore
  });

  it("leaves no listener behind", () => {
    const count = () => process.listenerCount("SIGINT") + process.listenerCount("SIGTERM");
    const before = count();
    const dispose = onInterrupt(() => {});
    expect(count()).toBe(before + 2);
    dispose();
    expect(count()).toBe(before);
  });
});
