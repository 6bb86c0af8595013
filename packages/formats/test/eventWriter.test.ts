import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crc32c, EventWriter, UserError } from "@nearfar/formats";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nearfar-events-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("EventWriter", () => {
  it("writes the bytes that TensorBoard's own classes write", async () => {
    // The events in make_events.py, written with PyPI tensorboard 2.21.0.
    const golden = JSON.parse(readFileSync(join(import.meta.dirname, "golden", "events.json"), "utf8")) as {
      file: string;
    };
    const writer = await EventWriter.open(join(folder, "new", "logs"), { resumeStep: 7, wallTime: 1700000000.25 });
    await writer.scalar(0, { "train/loss": 5.54 }, 1700000001.5);
    await writer.scalar(128, { "train/loss": 0, rate: -1e-3 }, 1700000002.5);
    await writer.scalar(2 ** 40 + 3, { 图: Infinity }, 0);
    await writer.close();
    expect(readFileSync(writer.path).toString("base64")).toBe(golden.file);
    expect(basename(writer.path)).toBe(`events.out.tfevents.1700000000.${hostname()}`);
  });

  it("frames each record with its length and two masked checksums", async () => {
    const writer = await EventWriter.open(folder);
    await writer.scalar(1, { loss: 1 });
    await writer.close();
    const bytes = readFileSync(writer.path);
    const unmask = (masked: number): number => {
      const turned = (masked - 0xa282ead8) >>> 0; // the constant of TensorFlow's crc32c.h
      return ((turned >>> 17) | (turned << 15)) >>> 0;
    };
    let records = 0;
    for (let at = 0; at < bytes.length; records++) {
      const length = Number(bytes.readBigUInt64LE(at));
      const end = at + 12 + length;
      expect(unmask(bytes.readUInt32LE(at + 8))).toBe(crc32c(bytes.subarray(at, at + 8)));
      expect(unmask(bytes.readUInt32LE(end))).toBe(crc32c(bytes.subarray(at + 12, end)));
      at = end + 4;
    }
    expect(records).toBe(2); // the version and the scalar
  });

  it("starts a file of its own, also in the same second", async () => {
    const shared = join(folder, "twice");
    const first = await EventWriter.open(shared, { wallTime: 5 });
    const second = await EventWriter.open(shared, { wallTime: 5 });
    await Promise.all([first.close(), second.close()]);
    expect(await readdir(shared)).toHaveLength(2);
  });

  it("refuses a step that is none, and a folder that is a file", async () => {
    const writer = await EventWriter.open(folder);
    await expect(writer.scalar(-1, { loss: 1 })).rejects.toThrow("a step is a whole number >= 0; got -1");
    await expect(writer.scalar(0.5, { loss: 1 })).rejects.toThrow(RangeError);
    await writer.close();
    await writeFile(join(folder, "file"), "");
    await expect(EventWriter.open(join(folder, "file"))).rejects.toThrow(UserError);
  });
});
