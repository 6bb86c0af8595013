import { words } from "@nearfar/search";
import { describe, expect, it } from "vitest";

describe("words", () => {
  it("are runs of letters, marks and digits in lower case", () => {
    expect(words("Hello, WORLD-wide: it's 2 ½-naïve!")).toEqual([
      "hello",
      "world",
      "wide",
      "it",
      "s",
      "2",
      "½",
      "naïve",
    ]);
    expect(words("हिन्दी भाषा")).toEqual(["हिन्दी", "भाषा"]);
    expect(words(" ... ")).toEqual([]);
  });

  it("are segmented where a script has no spaces", () => {
    expect(words("我喜欢苹果，also 2024年")).toEqual(["我", "喜欢", "苹果", "also", "2024", "年"]);
    expect(words("สวัสดีครับ").length).toBeGreaterThan(1);
  });
});
