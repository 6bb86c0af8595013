import { duration } from "@nearfar/command";
import { describe, expect, it } from "vitest";

describe("duration", () => {
  it.each([
    ["90", 90],
    ["90s", 90],
    ["10m", 600],
    ["1.5h", 5400],
    ["0.5", 0.5],
  ])("reads %s", (text, seconds) => {
    expect(duration("--budget", text)).toBe(seconds);
  });

  it.each(["", "0", "0m", "-1m", "10 m", "10d", "m", "1h30m", "1e3", `${"9".repeat(400)}h`])("refuses %j", (text) => {
    expect(() => duration("--budget", text)).toThrow(
      expect.objectContaining({
        name: "UserError",
        message: `--budget: a time such as 90s, 10m or 1.5h was expected; got ${JSON.stringify(text)}.`,
      }),
    );
  });
});
