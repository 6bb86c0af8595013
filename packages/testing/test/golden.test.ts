import { golden } from "@nearfar/testing";
import { describe, expect, it } from "vitest";

describe("golden", () => {
  it("reads the workspace's golden values, and names a file that is not there", () => {
    expect(Object.keys(golden<object>("losses.json")).length).toBeGreaterThan(0);
    expect(() => golden("no-such-file.json")).toThrow("no-such-file.json");
  });
});
