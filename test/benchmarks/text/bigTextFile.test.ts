import { readFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@nearfar/testing";
import { expect, it } from "vitest";
import { bigTextFile } from "./bigTextFile.ts";

it("goes through the sentences again and again, each time with another beside them", async () => {
  const path = join(temporaryFolder(), "big.txt");
  const sentences = Array.from({ length: 10 }, (_, i) => `sentence ${i}`);
  const lines = await bigTextFile(path, sentences, 600); // 22 bytes a line, 220 a pass
  const written = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines).toBe(30);
  expect(written.length).toBe(30);
  expect(written.every((line, i) => line.startsWith(`sentence ${i % 10} sentence `))).toBe(true);
  expect(new Set(written).size).toBeGreaterThan(10);
});
