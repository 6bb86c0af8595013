import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as zlib from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unzip } from "../../setup/unzip.mjs";
import { crc32 } from "./crc32.ts";
import { temporaryFolder } from "./temporaryFolder.ts";
import { writeZip, type ZipMember } from "./writeZip.ts";

const everything = (member: string) => member;

async function tryUnzip(members: ZipMember[], { wideEnd = false, limit = 1e9, cut = 0 } = {}) {
  const folder = temporaryFolder();
  const archive = join(folder, "a.whl");
  const bytes = writeZip(members, { wideEnd });
  writeFileSync(archive, bytes.subarray(0, bytes.length - cut));
  const out = join(folder, "out");
  return {
    out,
    folder,
    result: await unzip(archive, out, everything, { limit }).catch((error: Error) => error.message),
  };
}

describe("unzip", () => {
  it("checks itself with a checksum that is right", () => {
    expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926); // the check value that every CRC-32 catalogue gives
  });

  it("takes packed and stored members, with their modes, and leaves the rest", async () => {
    const folder = temporaryFolder();
    const archive = join(folder, "a.whl");
    const large = Buffer.alloc(3_000_000, "abcdefg");
    const members = [
      { name: "lib/large", data: large, mode: 0o100755 },
      { name: "lib/small", data: "small", stored: true },
      { name: "lib/empty" },
      { name: "folder/" },
      { name: "left", data: "left" },
    ];
    writeFileSync(archive, writeZip(members));
    const result = await unzip(archive, join(folder, "out"), (name) => (name === "left" ? undefined : `to/${name}`));
    expect(result.map(({ path, size }) => [path, size])).toEqual([
      ["to/lib/large", large.length],
      ["to/lib/small", 5],
      ["to/lib/empty", 0],
    ]);
    expect(readFileSync(join(folder, "out/to/lib/large")).equals(large)).toBe(true);
    expect(statSync(join(folder, "out/to/lib/large")).mode & 0o777).toBe(0o755);
    expect(statSync(join(folder, "out/to/lib/small")).mode & 0o777).toBe(0o644);
    expect(existsSync(join(folder, "out/left"))).toBe(false);
  });

  it("reads the 64-bit forms", async () => {
    const { out, result } = await tryUnzip([{ name: "a", data: "wide", wide: true }], { wideEnd: true });
    expect(result).toEqual([{ path: "a", size: 4 }]);
    expect(readFileSync(join(out, "a"), "utf8")).toBe("wide");
  });

  it.each(["../evil", "a/../../evil", "/evil", "a//b", "a\\..\\evil", "C:/evil", "", ".", "a/./b", "a\u0000b"])(
    "refuses a member named %j before it writes anything",
    async (name) => {
      const { out, folder, result } = await tryUnzip([
        { name: "good", data: "x" },
        { name, data: "evil" },
      ]);
      expect(result).toMatch(/^unzip: a\.whl is not a sound archive: its member .* would leave the folder\. Delete it/);
      expect(existsSync(out)).toBe(false);
      expect(readdirSync(folder)).toEqual(["a.whl"]);
    },
  );

  it.each<[string, ZipMember, RegExp]>([
    ["a huge declared size", { name: "a", declared: { size: 2e9 } }, /a brings the unpacked size to 2000000000 bytes/],
    ["more bytes than declared", { name: "a", data: "abcdef", declared: { size: 3 } }, /larger than the 3 bytes/],
    ["fewer bytes than declared", { name: "a", data: "abc", declared: { size: 9 } }, /has 3 bytes instead of 9/],
    ["a wrong CRC-32", { name: "a", data: "abc", declared: { crc: 1 } }, /wrong checksum \(CRC-32\)/],
    ["a member past the end", { name: "a", data: "abc", declared: { packed: 9999 } }, /a is cut off/],
    ["encryption", { name: "a", declared: { flags: 1 } }, /encrypted/],
    ["an unknown method", { name: "a", declared: { method: 12 } }, /unknown method 12/],
    ["a symbolic link", { name: "a", data: "/etc/passwd", mode: 0o120777 }, /symbolic link/],
    ["garbage as packed bytes", { name: "a", data: "\xff\xff\xff", stored: true, declared: { method: 8 } }, /unpacked/],
  ])("refuses %s and leaves no file", async (_, member, message) => {
    const { out, result } = await tryUnzip([member]);
    expect(result).toMatch(message);
    expect(existsSync(join(out, "a"))).toBe(false);
  });

  it("does not write the same file twice", async () => {
    const { out, result } = await tryUnzip([
      { name: "a", data: "first" },
      { name: "a", data: "second" },
    ]);
    expect(result).toMatch(/EEXIST/);
    expect(readFileSync(join(out, "a"), "utf8")).toBe("first");
  });

  it("names an archive that was cut off", async () => {
    const { result } = await tryUnzip([{ name: "a", data: "abc" }], { cut: 30 });
    expect(result).toMatch(/no end record, so it was cut off/);
  });

  it("never fails otherwise than by refusing, whatever byte is changed", async () => {
    const folder = temporaryFolder();
    const sound = writeZip([
      { name: "lib/a", data: "some text, some text" },
      { name: "b", data: "b", stored: true },
    ]);
    let tries = 0;
    const changes = fc.record({ at: fc.nat(sound.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(changes, async ({ at, byte }) => {
        const archive = join(folder, `${++tries}.whl`);
        const out = join(folder, `out${tries}`);
        writeFileSync(archive, Buffer.from(sound).fill(byte, at, at + 1));
        const result = await unzip(archive, out, everything, { limit: 1e6 }).catch((error: Error) => error.message);
        if (typeof result === "string")
          expect(result).toMatch(/^unzip: .* is not a sound archive|EEXIST|EISDIR|ENOTDIR/);
        expect(readdirSync(folder).every((name) => /^(out)?\d+(\.whl)?$/.test(name))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("counts CRC-32 as Node does, where Node can", () => {
    const bytes = Buffer.from("pull near, push far");
    expect(zlib.crc32?.(bytes) ?? crc32(bytes)).toBe(crc32(bytes));
  });
});
