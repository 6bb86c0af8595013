/**
 * @typedef {import("node:fs/promises").FileHandle} FileHandle
 * @typedef {(why: string) => Error} Refuse
 * @typedef {object} Member
 * @property {string} name
 * @property {number} flags
 * @property {number} method
 * @property {number} crc
 * @property {number} packed
 * @property {number} size
 * @property {number} mode
 * @property {number} offset of the local header
 */

const limits = { directory: 64 * 2 ** 20, members: 200_000 };

/**
 * The central directory of a zip archive, 64-bit forms included: what it claims, checked for room but not yet true.
 *
 * @param {FileHandle} handle
 * @param {Refuse} refuse makes the error that names the archive
 * @returns {Promise<Member[]>}
 */
export async function zipDirectory(handle, refuse) {
  const { offset, length, count } = await endRecord(handle, refuse);
  if (length > limits.directory || count > limits.members) {
    throw refuse(`its directory has ${count} members in ${length} bytes, more than any wheel`);
  }
  const bytes = await readAt(handle, offset, length, refuse);
  const members = [];
  for (let at = 0, i = 0; i < count; i++) {
    if (at + 46 > length || bytes.readUInt32LE(at) !== 0x02014b50) throw refuse("its directory is damaged");
    const extraAt = at + 46 + bytes.readUInt16LE(at + 28);
    const commentAt = extraAt + bytes.readUInt16LE(at + 30);
    const next = commentAt + bytes.readUInt16LE(at + 32);
    if (next > length) throw refuse("its directory is damaged");
    const name = bytes.toString("utf8", at + 46, extraAt);
    const member = {
      name,
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      mode: bytes.readUInt16LE(at + 40),
      offset: bytes.readUInt32LE(at + 42),
    };
    members.push(widened(member, bytes.subarray(extraAt, commentAt), refuse));
    at = next;
  }
  return members;
}

/** Where the central directory lies: the end record, or its 64-bit form. @param {FileHandle} handle @param {Refuse} refuse */
async function endRecord(handle, refuse) {
  const { size } = await handle.stat();
  const tail = Math.min(size, 22 + 0xffff + 20); // end record, its comment, and the 64-bit locator before them
  const bytes = await readAt(handle, size - tail, tail, refuse);
  let at = tail - 22;
  while (at >= 0 && !(bytes.readUInt32LE(at) === 0x06054b50 && at + 22 + bytes.readUInt16LE(at + 20) === tail)) at--;
  if (at < 0) throw refuse("it has no end record, so it was cut off or never was a zip file");
  let [count, length, offset] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 12), bytes.readUInt32LE(at + 16)];
  if (at >= 20 && bytes.readUInt32LE(at - 20) === 0x07064b50) {
    const wide = await readAt(handle, number64(bytes, at - 12, refuse), 56, refuse);
    if (wide.readUInt32LE(0) !== 0x06064b50) throw refuse("its 64-bit end record is damaged");
    [count, length, offset] = [number64(wide, 32, refuse), number64(wide, 40, refuse), number64(wide, 48, refuse)];
  }
  return { count, length, offset };
}

/** Sizes and offset from the zip64 field, where the 32-bit ones are full. @param {Member} member @param {Buffer} extra @param {Refuse} refuse */
function widened(member, extra, refuse) {
  const full = /** @type {const} */ (["size", "packed", "offset"]).filter((field) => member[field] === 0xffffffff);
  for (let at = 0; full.length > 0 && at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    if (field.length < 8 * full.length) break;
    return { ...member, ...Object.fromEntries(full.map((name, i) => [name, number64(field, 8 * i, refuse)])) };
  }
  if (full.length > 0) throw refuse(`${member.name} has no 64-bit sizes`);
  return member;
}

/** Exactly these bytes of a file. @param {FileHandle} handle @param {number} offset @param {number} length @param {Refuse} refuse */
export async function readAt(handle, offset, length, refuse) {
  if (offset + length > (await handle.stat()).size) throw refuse("it is cut off");
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const { bytesRead } = await handle.read(bytes, at, length - at, offset + at);
    if (bytesRead === 0) throw refuse("it is cut off");
    at += bytesRead;
  }
  return bytes;
}

/** @param {Buffer} bytes @param {number} at @param {Refuse} refuse */
function number64(bytes, at, refuse) {
  const value = Number(bytes.readBigUInt64LE(at));
  if (!Number.isSafeInteger(value)) throw refuse("it declares an impossible size");
  return value;
}
