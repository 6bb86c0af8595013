import { choice } from "@nearfar/command";
import { describe, expect, it } from "vitest";

const names = ["moco", "simclr"] as const;

describe("choice", () => {
  it("is the name", () => {
    const name: "moco" | "simclr" = choice("method", "simclr", names);
    expect(name).toBe("simclr");
  });

  it("names what was probably meant, and what there is", () => {
    expect(() => choice("method", "simcrl", names)).toThrow(
      expect.objectContaining({
        name: "UserError",
        message: 'unknown method "simcrl"; nearest: "simclr". Known: "moco", "simclr".',
      }),
    );
    expect(() => choice("method", "__proto__", names)).toThrow('unknown method "__proto__". Known: "moco", "simclr".');
  });
});
