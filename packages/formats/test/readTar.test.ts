import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTar, UserError, writeTar } from "@nearfar/formats";
import type { ReadTarOptions } from "@nearfar/formats";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nearfar-tar-"));
});
afterAll(() => rm(folder, { recursive: true }));

const golden = (name: string): string => join(import.meta.dirname, "golden", name);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function all(path: string, options?: ReadTarOptions): Promise<[string, Uint8Array][]> {
  const entries: [string, Uint8Array][] = [];
  for await (const entry of readTar(path, options)) entries.push([entry.name, await entry.read()]);
  return entries;
}

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** A header block as POSIX.1-1988 lays it out; the checksum is the sum of its bytes with the checksum's own as blanks. */
function header(name: string, size: string): Uint8Array {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write("0000644\0" + "0000000\0" + "0000000\0" + size + "00000000000\0" + "        0", 100, "latin1");
  block.write("ustar\x0000", 257, "latin1");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(sum.toString(8).padStart(6, "0") + "\0 ", 148, "latin1");
  return block;
}

describe("readTar", () => {
  // What tar.py put in.
  const long = `train/${"deep/".repeat(30)}picture.png`;
  const big = Uint8Array.from({ length: 1300 }, (_, i) => i % 251);
  for (const kind of ["ustar", "pax", "gnu"]) {
    it(`reads Python's ${kind} archive: regular files only, long and foreign names`, async () => {
      const entries = await all(golden(`${kind}.tar.gz`));
      const more = kind === "ustar" ? [] : [`${long}${"x".repeat(90)}`, "测试/图.txt"];
      expect(entries.map(([name]) => name)).toEqual(["train/a.txt", "train/empty", "train/big.bin", long, ...more]);
      expect(text(entries[0]![1])).toBe("near");
      expect(entries[1]![1]).toHaveLength(0);
      expect(entries[2]![1]).toEqual(big);
      expect(text(entries[3]![1])).toBe("prefix");
    });
  }

  it("gives offsets into a plain archive, and skips what is not read", async () => {
    const bytes = gunzipSync(readFileSync(golden("pax.tar.gz")));
    const path = await file("plain.archive", bytes); // known by its bytes, not by its name
    const names: string[] = [];
    for await (const { name, size, offset } of readTar(path)) {
      names.push(name);
      if (name === "train/big.bin") expect(new Uint8Array(bytes.subarray(offset, offset! + size))).toEqual(big);
    }
    expect(names).toHaveLength(6);
    for await (const { offset } of readTar(golden("pax.tar.gz"))) expect(offset).toBeUndefined();
  });

  it("can be left early, and refuses a late read", async () => {
    let first;
    for await (const entry of readTar(golden("pax.tar.gz"))) {
      if (first) break;
      first = entry;
    }
    expect(() => first!.read()).toThrow(/before the next entry/);
  });

  for (const [name, form] of [
    ["/etc/passwd", "absolute"],
    ["a/../../b", "with .."],
    ["..\\b", "with .. of Windows"],
    ["C:\\b", "with a drive"],
    ["./", "empty"],
  ] as const) {
    it(`refuses a name that is ${form}`, async () => {
      const size = "00000000000\0";
      const bad = name === "./" ? "././." : name;
      const path = await file("name.tar", Buffer.concat([header("good", size), header(bad, size), Buffer.alloc(1024)]));
      await expect(all(path)).rejects.toThrow(/name\.tar: unsafe entry name .*, after "good"/);
      await expect(all(path)).rejects.toThrow(UserError);
    });
  }

  it("passes over unsafe names where they are asked for, and reads on", async () => {
    const whole = [header("good", "00000000001\0"), Buffer.from("x".padEnd(512, "\0"))];
    const bad = [header("../up", "00000000001\0"), Buffer.from("y".padEnd(512, "\0"))];
    const path = await file("unsafe.tar", Buffer.concat([...bad, ...whole, Buffer.alloc(1024)]));
    const told: string[] = [];
    const entries = await all(path, { onUnsafe: ({ message }) => void told.push(message) });
    expect(entries.map(([name, bytes]) => [name, text(bytes)])).toEqual([["good", "x"]]);
    expect(told).toEqual([expect.stringContaining('unsafe entry name "../up"')]);
  });

  it("names the last good entry of an archive that is cut anywhere, compressed or not", async () => {
    const bytes = gunzipSync(readFileSync(golden("pax.tar.gz"))); // four headers and 4 bytes, then the data of big.bin
    for (const length of [0, 100, 512, 1536, 2048, 3000, 4096, 6000]) {
      await expect(all(await file("cut.tar", bytes.subarray(0, length))), `${length}`).rejects.toThrow(
        /cut\.tar: the archive is cut off (before its first|after ")/,
      );
    }
    const packed = readFileSync(golden("pax.tar.gz"));
    const path = await file("cut.tar.gz", packed.subarray(0, packed.length - 9)); // before the trailer and a last byte
    await expect(all(path)).rejects.toThrow(/cut off after "测试\/图\.txt"/);
  });

  it("notices a cut exactly between two entries: the closing zeros are missing", async () => {
    const whole = Buffer.concat([header("a", "00000000001\0"), Buffer.from("x".padEnd(512, "\0"))]);
    await expect(all(await file("between.tar", whole))).rejects.toThrow(/cut off after "a"/);
    const closed = await file("closed.tar", Buffer.concat([whole, Buffer.alloc(1024)]));
    expect((await all(closed)).map(([name]) => name)).toEqual(["a"]);
    // Data that is zeros must not pass for the closing block.
    const zeros = await file("zeros.tar", Buffer.concat([header("a", "00000001000\0"), Buffer.alloc(512)]));
    await expect(all(zeros)).rejects.toThrow(/cut off after "a"/);
  });

  it("holds to its limits", async () => {
    const path = golden("gnu.tar.gz");
    await expect(all(path, { maxEntryBytes: 1299 })).rejects.toThrow(/"train\/big\.bin" has 1300 bytes/);
    await expect(all(path, { maxEntries: 3 })).rejects.toThrow(/more than 3 entries.*after "train\/a\.txt"/);
    const bomb = await file("bomb.tar.gz", gzipSync(Buffer.alloc(2 ** 22)));
    await expect(all(bomb, { maxBytes: 2 ** 20 })).rejects.toThrow(/more than 1048576 bytes unpacked/);
  });

  it("allocates nothing for a size that only a header claims", async () => {
    // 8 GiB - 1 in octal, and 2^80 in base 256 (GNU).
    const huge = "\x80\0" + "\x01" + "\0".repeat(9);
    for (const size of ["77777777777\0", huge]) {
      const path = await file("huge.tar", Buffer.concat([header("a", size), Buffer.alloc(1024)]));
      await expect(all(path)).rejects.toThrow(/"a" has \d.* bytes, over the limit/);
    }
  });

  it("says what a file is that is no tar archive", async () => {
    await expect(all(await file("x.zip", Buffer.from("PK\x03\x04....")))).rejects.toThrow(/this is zip; pack it/);
    await expect(all(await file("text.tar", Buffer.alloc(2000, "text")))).rejects.toThrow(/not a tar archive/);
    await expect(all(folder)).rejects.toThrow(/this is a folder/);
    await expect(all(join(folder, "none.tar"))).rejects.toThrow(/none\.tar: no such file/);
  });

  it("meets random damage with a UserError or with entries, never with anything else", async () => {
    const bytes = gunzipSync(readFileSync(golden("pax.tar.gz"))).subarray(0, 7168);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(bytes.length), fc.boolean(), async (flips, length, compress) => {
        const bad = Buffer.from(bytes.subarray(0, length));
        for (const [at, value] of flips) if (at < length) bad[at] = value;
        const path = await file("damaged.tar", compress ? gzipSync(bad) : bad);
        await all(path).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
      }),
      { numRuns: 150 },
    );
  });

  it.skipIf(process.env["NEARFAR_DATA"] === undefined)(
    "reads all 60,000 pictures of CIFAR-10 (needs NEARFAR_DATA: cifar10/cifar10-jpg-q92.tar.gz)",
    async () => {
      let count = 0;
      for await (const entry of readTar(join(process.env["NEARFAR_DATA"]!, "cifar10/cifar10-jpg-q92.tar.gz"))) {
        const bytes = await entry.read();
        if (bytes[0] === 0xff && bytes[1] === 0xd8) count++; // JPEG begins with FF D8
      }
      expect(count).toBe(60_000); // Krizhevsky 2009: 50,000 to train and 10,000 to test
    },
  );
});

describe("writeTar", () => {
  const entries = [
    { name: "a.txt", data: Buffer.from("near") },
    { name: "empty", data: new Uint8Array(0) },
    { name: `${"图".repeat(120)}/b`, data: Uint8Array.from({ length: 70_000 }, (_, i) => i) },
  ];

  for (const name of ["out.tar", "out.tar.gz", "out.tgz"]) {
    it(`writes ${name}, which comes back equal, and the same bytes twice`, async () => {
      const path = join(folder, name);
      await writeTar(path, entries);
      const first = readFileSync(path);
      expect(await all(path)).toEqual(entries.map(({ name, data }) => [name, new Uint8Array(data)]));
      expect(first[0]).toBe(name === "out.tar" ? "a".charCodeAt(0) : 0x1f);
      await writeTar(path, entries);
      expect(readFileSync(path)).toEqual(first);
    });
  }

  it("leaves the old archive when its entries fail, and refuses unsafe names", async () => {
    const path = join(folder, "kept.tar");
    await writeTar(path, entries);
    const before = readFileSync(path);
    async function* failing(): AsyncGenerator<(typeof entries)[number]> {
      yield entries[0]!;
      throw new Error("no more");
    }
    await expect(writeTar(path, failing())).rejects.toThrow("no more");
    await expect(writeTar(path, [{ name: "../up", data: new Uint8Array(1) }])).rejects.toThrow(/unsafe entry name/);
    expect(readFileSync(path)).toEqual(before);
  });
});
