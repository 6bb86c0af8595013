import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTable, UserError } from "@nearfar/formats";
import type { OpenTableOptions, TableRow } from "@nearfar/formats";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nearfar-tables-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, name.endsWith(".gz") ? gzipSync(content) : content);
  return path;
}

interface Read {
  columns: readonly string[];
  rows: TableRow[];
  blank: number;
}

async function all(path: string, wanted?: readonly string[], options?: OpenTableOptions): Promise<Read> {
  const table = await openTable(path, options);
  const read: Read = { columns: table.columns, rows: [], blank: 0 };
  for await (const { rows, blank } of table.read(wanted ?? table.columns)) {
    read.rows.push(...rows);
    read.blank += blank;
  }
  return read;
}

const values = ({ rows }: Read) => rows.map((row) => row.values);

// The rows in make_tables.py.
const golden = [
  ["plain", "text", 0.5],
  ['a "quoted" word', "comma, here", 1],
  ["two\nlines", "", 2.25],
  ["中文，图", "😀 tab\there", -3],
  ['"', ' " , ', 1e-9],
];

describe("openTable", () => {
  it("reads what Python's csv module and pyarrow wrote", async () => {
    const here = join(import.meta.dirname, "golden");
    const csv = await all(join(here, "table.csv"));
    expect(csv.columns).toEqual(["left", "right", "score"]);
    expect(values(csv).map(([left, right, score]) => [left, right, Number(score)])).toEqual(golden);
    expect(csv.rows.map(({ row }) => row)).toEqual([2, 3, 4, 6, 7]); // the third row takes two lines
    const parquet = await all(join(here, "table.parquet"));
    expect(parquet.columns).toEqual(csv.columns);
    expect(values(parquet)).toEqual(golden);
    expect(parquet.rows.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5]);
    const bytes = readFileSync(join(here, "table.parquet"));
    expect(values(await all(await file("table.parquet.gz", bytes), ["score"]))).toEqual(golden.map((row) => [row[2]]));
  });

  it("reads texts a line, with the document that blank lines part", async () => {
    const { columns, rows, blank } = await all(await file("a.txt", "\n one\r\ntwo\n\n \n三\n\nfour"));
    expect(columns).toEqual(["text"]);
    expect(rows).toEqual([
      { row: 2, values: [" one"], document: 0 },
      { row: 3, values: ["two"], document: 0 },
      { row: 6, values: ["三"], document: 1 },
      { row: 8, values: ["four"], document: 2 },
    ]);
    expect(blank).toBe(4);
    expect((await all(await file("none.txt", ""))).rows).toEqual([]);
  });

  it("takes a tab-separated cell as it is, quotation marks and all", async () => {
    const path = await file("a.tsv", '\ufeffid\ttext\n1\t"a\n\n2\tb" ""\r\n3\t\n');
    const read = await all(path, ["text"]);
    expect(read.columns).toEqual(["id", "text"]);
    expect(read.rows).toEqual([
      { row: 2, values: ['"a'] },
      { row: 4, values: ['b" ""'] },
      { row: 5, values: [""] },
    ]);
    expect(read.blank).toBe(1);
    expect(values(await all(path, ["2", "1"], { header: false }))[0]).toEqual(["text", "id"]);
  });

  it("reads objects a line, in any order of keys", async () => {
    const path = await file("a.jsonl", '{"text":"a","n":1}\n\n{"n":null,"more":0,"text":"b"}\n');
    const read = await all(path);
    expect(read.columns).toEqual(["text", "n"]);
    expect(read.rows).toEqual([
      { row: 1, values: ["a", 1] },
      { row: 3, values: ["b", null] },
    ]);
    expect(read.blank).toBe(1);
    expect((await all(await file("b.json", '{"__proto__":1}\n'))).rows[0]!.values).toEqual([1]);
  });

  const cell = fc.string({ unit: fc.constantFrom("a", " ", '"', ",", "\n", "图", "😀"), maxLength: 6 });
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 30 }),
    );

  it("gives back the cells that were written, packed or not, however they are quoted", async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), fc.constantFrom("\n", "\r\n"), async (rows, always, end) => {
        const quote = (one: string) => (always || /[",\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one);
        const csv = rows.map((cells) => cells.map(quote).join(",") + end).join("");
        const columns = rows[0]!.map((_, i) => String(i + 1));
        for (const name of ["law.csv", "law.csv.gz"])
          expect(values(await all(await file(name, csv), columns, { header: false }))).toEqual(rows);
        const flat = rows.map((cells) => cells.map((one) => one.replaceAll("\n", "")));
        const tsv = flat.map((cells) => cells.join("\t") + end).join("");
        expect(values(await all(await file("law.tsv.gz", tsv), columns, { header: false }))).toEqual(flat);
        const jsonl = rows.map(
          (cells) => JSON.stringify(Object.fromEntries(cells.map((one, i) => [`c${i}`, one]))) + end,
        );
        expect(values(await all(await file("law.jsonl", jsonl.join(""))))).toEqual(rows);
      }),
      { numRuns: 50 },
    );
  });

  it("reads lines that lie across the pieces of a file, and counts them right", async () => {
    const lines = Array.from({ length: 40 }, (_, i) => "图".repeat((i * 7919) % 50_000) + i); // up to 150,000 bytes
    const { rows } = await all(await file("pieces.txt", lines.join("\n")));
    expect(rows.map(({ values }) => values[0])).toEqual(lines);
    expect(rows.map(({ row }) => row)).toEqual(lines.map((_, i) => i + 1));
  });

  const bad: [name: string, content: string | Uint8Array, message: RegExp][] = [
    ["missing.tsv", "a\tb\n1\t2\n", /missing\.tsv: no column "text"; it has "a", "b"/],
    ["missing.jsonl", '{"text":"a"}\n{"body":"b"}\n', /missing\.jsonl:2: no "text"; it has "body"/],
    ["count.tsv", "text\tb\n1\t2\n\n1\t2\t3\n", /count\.tsv:4: 3 cells, and the first line has 2/],
    ["count.csv", 'text,b\n"1\n1",2\n\n1,2,3\n', /count\.csv:5: 3 cells, and the first row has 2/],
    ["twice.csv", "text,text\n", /twice\.csv:1: two columns are named "text"/],
    ["open.csv", 'text,b\n1,2\n1,"2\n3,4\n', /open\.csv:3: the file ends within the quotation marks/],
    ["stray.csv", 'text,b\n1,2\n"1"2,""\n', /stray\.csv:3: .*[Qq]uote/],
    ["empty.tsv", "\n\n", /empty\.tsv: the file is empty/],
    ["empty.jsonl", "", /empty\.jsonl: the file is empty/],
    ["list.json", '[\n{"text":"a"}\n]', /list\.json:1: .* write an object a line/],
    ["value.jsonl", '{"text":"a"}\n3\n', /value\.jsonl:2: an object was expected; got 3/],
    ["broken.jsonl", '{"text":"a"}\n{"text":\n', /broken\.jsonl:2: not a line of JSON/],
    ["bytes.txt", Buffer.from("one\n\ntwo \xff\n", "latin1"), /bytes\.txt:3: the bytes are not UTF-8/],
    ["cut.txt", Buffer.from("one\n图").subarray(0, 6), /cut\.txt:2: the bytes are not UTF-8/],
    ["wide.txt", Buffer.from("\ufeffone\n", "utf16le"), /wide\.txt:1: the bytes are not UTF-8 but UTF-16/],
    ["long.txt", `a\n${"b".repeat(2000)}\n`, /long\.txt:2: the line is longer than 1000 bytes/],
    ["longer.tsv", `text\n${"b".repeat(600_000)}`, /longer\.tsv:2: the line is longer than 1000 bytes/],
    ["row.csv", `text,b\n"${"b\n".repeat(900)}",\n`, /row\.csv:2: the row is longer than 1000/],
    ["no.parquet", "PAR1", /no\.parquet: not a parquet file/],
    ["no.parquet.gz", "PAR1", /no\.parquet\.gz: not a parquet file/],
    ["what.docx", "", /what\.docx: a table is a \.txt, .*; got "\.docx"/],
  ];
  it.each(bad)("tells what is wrong with %s", async (name, content, message) => {
    const reading = all(await file(name, content), ["text"], { maxLineBytes: 1000 });
    await expect(reading).rejects.toThrow(UserError);
    await expect(reading).rejects.toThrow(message);
  });

  it("tells of a missing and of a damaged file", async () => {
    for (const extension of ["txt", "tsv", "csv", "jsonl", "parquet"]) {
      await expect(openTable(join(folder, `not.${extension}`))).rejects.toThrow(/no such file/);
      await expect(openTable(join(folder, `not.${extension}.gz`))).rejects.toThrow(UserError);
      const line = extension === "jsonl" ? '{"text":"a"}\n' : "text\n";
      const packed = gzipSync(line.repeat(500));
      const path = join(folder, `damaged.${extension}.gz`);
      await writeFile(path, packed.subarray(0, packed.length - 9));
      await expect(all(path, ["text"])).rejects.toThrow(/damaged\.\w+\.gz: not gzip, damaged or cut off/);
      await writeFile(path, "text\n");
      await expect(all(path, ["text"])).rejects.toThrow(/not gzip, damaged or cut off/);
    }
  });

  it("stops a thread that does not end a row group in time", async () => {
    const path = join(import.meta.dirname, "golden", "table.parquet");
    // A thread takes longer to start than this, so that it never answers in time.
    await expect(all(path, ["left"], { groupSeconds: 0.001 })).rejects.toThrow(
      new UserError(`${path}: a row group is not read after 0.001 seconds. Is the file damaged?`),
    );
  });

  it("ends in rows or in a UserError on any bytes", async () => {
    const start = fc.constantFrom("", 'text,b\n"x, ""y""",2\n');
    const names = ["any.txt", "any.csv", "any.tsv", "any.jsonl", "any.txt.gz"];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        start,
        fc.uint8Array({ maxLength: 60 }),
        async (name, start, bytes) => {
          const path = join(folder, name);
          await writeFile(path, Buffer.concat([Buffer.from(start), bytes]));
          await all(path).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
        },
      ),
      { numRuns: 200 },
    );
  });
});
