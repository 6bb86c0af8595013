import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { JsonLinesWriter, readJsonLines, UserError } from "@nearfar/formats";
import type { ReadJsonLinesOptions } from "@nearfar/formats";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nearfar-lines-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function all(path: string, options?: ReadJsonLinesOptions): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of readJsonLines(path, options)) values.push(value);
  return values;
}

describe("readJsonLines", () => {
  it("reads values, blank lines and Windows' line ends; the last newline may be missing", async () => {
    const text = '{"a":1}\n\n[2]\r\n"三"\n  \n{"b":{}}';
    const values = [{ a: 1 }, [2], "三", { b: {} }];
    expect(await all(await file("a.jsonl", text))).toEqual(values);
    expect(await all(await file("a.jsonl.gz", gzipSync(text)))).toEqual(values);
    expect(await all(await file("none.jsonl", ""))).toEqual([]);
  });

  it("reads lines that are longer than the pieces of the file", async () => {
    const long = "图".repeat(300_000); // 900,000 bytes
    expect(await all(await file("long.jsonl", `${JSON.stringify(long)}\n1\n`))).toEqual([long, 1]);
  });

  it("names file and line of what is wrong", async () => {
    const path = await file("bad.jsonl", '{"a":1}\n{"a":\n{"a":3}\n');
    await expect(all(path)).rejects.toThrow(/bad\.jsonl:2: not a line of JSON: /);
    await expect(all(path, { tolerateCutEnd: true })).rejects.toThrow(UserError); // not the last line
    await expect(all(await file("l.jsonl", "1\n123456789\n"), { maxLineBytes: 8 })).rejects.toThrow(
      /l\.jsonl:2: .* 8 bytes/,
    );
    await expect(all(await file("u.jsonl", Buffer.from('"\xff"\n', "latin1")))).rejects.toThrow(/u\.jsonl:1/);
    await expect(all(join(folder, "missing.jsonl"))).rejects.toThrow(/missing\.jsonl: no such file/);
    const packed = gzipSync('{"a":1}\n'.repeat(50));
    await expect(all(await file("cut.gz", packed.subarray(0, 20)))).rejects.toThrow(
      /cut\.gz: not gzip, damaged or cut/,
    );
    await expect(all(await file("text.gz", "text"))).rejects.toThrow(UserError);
  });

  it("with tolerateCutEnd, gives all whole lines of a log cut at any byte", async () => {
    const lines = [{ step: 1, loss: 5.54 }, { step: 2, text: "图\n" }, { step: 30 }];
    const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    for (let length = 0; length <= bytes.length; length++) {
      const values = await all(await file("cut.jsonl", bytes.subarray(0, length)), { tolerateCutEnd: true });
      expect(lines.slice(0, values.length)).toEqual(values);
      expect(values.length).toBeGreaterThanOrEqual(bytes.subarray(0, length).filter((byte) => byte === 10).length);
    }
    expect(await all(await file("cut.jsonl", "1\n12"), { tolerateCutEnd: true })).toEqual([1]); // of 123, perhaps
  });

  it("reads back what JSON.stringify wrote", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), async (values) => {
        const text = values.map((value) => `${JSON.stringify(value)}\n`).join("");
        expect(await all(await file("any.jsonl", text))).toEqual(JSON.parse(JSON.stringify(values)));
      }),
      { numRuns: 50 },
    );
  });
});

describe("JsonLinesWriter", () => {
  it("creates a file, then appends to it", async () => {
    const path = join(folder, "log.jsonl");
    for (const step of [1, 2]) {
      const writer = await JsonLinesWriter.open(path);
      await writer.write({ step, name: "图" });
      await writer.sync();
      await writer.close();
    }
    expect(readFileSync(path, "utf8")).toBe('{"step":1,"name":"图"}\n{"step":2,"name":"图"}\n');
  });

  it("removes a cut last line before it appends", async () => {
    const path = await file("crashed.jsonl", '{"step":1}\n{"st');
    const writer = await JsonLinesWriter.open(path);
    await writer.write({ step: 2 });
    await writer.close();
    expect(readFileSync(path, "utf8")).toBe('{"step":1}\n{"step":2}\n');
  });

  it("drops what a resumed run logs again", async () => {
    const path = await file("resumed.jsonl", '{"step":1}\n{"step":2}\n{"step":3}\n{"step":4}\n');
    const writer = await JsonLinesWriter.open(path, { keepWhile: (line) => (line as { step: number }).step <= 2 });
    await writer.write({ step: 3, again: true });
    await writer.close();
    expect(readFileSync(path, "utf8")).toBe('{"step":1}\n{"step":2}\n{"step":3,"again":true}\n');
  });

  it("tells a user's mistakes", async () => {
    await expect(JsonLinesWriter.open(join(folder, "none", "log.jsonl"))).rejects.toThrow(UserError);
    const path = await file("broken.jsonl", "broken\n");
    await expect(JsonLinesWriter.open(path, { keepWhile: () => true })).rejects.toThrow(/broken\.jsonl:1: not a line/);
  });
});
