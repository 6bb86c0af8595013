import { deflateRawSync } from "node:zlib";
import { crc32 } from "./crc32.ts";

export interface ZipMember {
  name: string;
  data?: string | Buffer;
  stored?: boolean;
  mode?: number;
  /** Lies that the directory tells. */
  declared?: { size?: number; packed?: number; crc?: number; flags?: number; method?: number };
  /** Puts size, packed size and offset into the 64-bit field. */
  wide?: boolean;
}

/** A zip archive as bytes, sound unless told otherwise; just enough of PKWARE's APPNOTE 6.3 to test a reader. */
export function writeZip(members: readonly ZipMember[], { wideEnd = false } = {}): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data = "", stored = false, mode = 0o100644, declared = {}, wide = false } of members) {
    const bytes = Buffer.from(data);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const title = Buffer.from(name);
    const truth = { size: bytes.length, packed: packed.length, crc: crc32(bytes), flags: 0, method: stored ? 0 : 8 };
    const said = { ...truth, ...declared };

    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(said.method, 8);
    header.writeUInt16LE(title.length, 26);
    local.push(header, title, packed);

    const extra = Buffer.alloc(wide ? 28 : 0);
    if (wide) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      [said.size, said.packed, offset].forEach((value, i) => extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i));
    }
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(said.flags, 8);
    entry.writeUInt16LE(said.method, 10);
    entry.writeUInt32LE(said.crc, 16);
    entry.writeUInt32LE(wide ? 0xffffffff : said.packed, 20);
    entry.writeUInt32LE(wide ? 0xffffffff : said.size, 24);
    entry.writeUInt16LE(title.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt16LE(mode, 40);
    entry.writeUInt32LE(wide ? 0xffffffff : offset, 42);
    central.push(entry, title, extra);
    offset += header.length + title.length + packed.length;
  }
  const directory = Buffer.concat(central);
  return Buffer.concat([...local, directory, ...endRecords(members.length, directory.length, offset, wideEnd)]);
}

function endRecords(count: number, length: number, offset: number, wide: boolean): Buffer[] {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(wide ? 0xffff : count, 10);
  end.writeUInt32LE(wide ? 0xffffffff : length, 12);
  end.writeUInt32LE(wide ? 0xffffffff : offset, 16);
  if (!wide) return [end];
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  [count, length, offset].forEach((value, i) => record.writeBigUInt64LE(BigInt(value), 32 + 8 * i));
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + length), 8);
  return [record, locator, end];
}
