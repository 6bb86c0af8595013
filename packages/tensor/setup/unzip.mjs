import { createWriteStream } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as zlib from "node:zlib";
import { readAt, zipDirectory } from "./zipDirectory.mjs";

const symbolicLink = 0o120000;

/**
 * Takes the wanted members of a zip archive into a folder, by stream, with bounded memory.
 *
 * Every name of the archive is checked, wanted or not, and the declared sizes of all wanted members before the first
 * byte is written. What comes out must have the declared length and CRC-32. Existing files are not overwritten.
 * Throws an Error that names the archive and the member. Format: PKWARE's APPNOTE 6.3.
 *
 * @param {string} archive
 * @param {string} folder
 * @param {(member: string) => string | undefined} takes the path in the folder, or undefined to leave a member
 * @param {{ limit?: number }} [options] `limit`: bytes in all, unpacked
 * @returns {Promise<{ path: string, size: number }[]>}
 */
export async function unzip(archive, folder, takes, { limit = 16 * 2 ** 30 } = {}) {
  const handle = await open(archive, "r");
  const refuse = refusal(archive);
  try {
    const wanted = [];
    let total = 0;
    for (const member of await zipDirectory(handle, refuse)) {
      checkName(member.name, member.name, refuse);
      const path = member.name.endsWith("/") ? undefined : takes(member.name);
      if (path === undefined) continue;
      checkName(path, member.name, refuse);
      total += member.size;
      if (total > limit) throw refuse(`${member.name} brings the unpacked size to ${total} bytes, over ${limit}`);
      wanted.push({ ...member, path });
    }
    const written = [];
    for (const member of wanted) {
      await extract(handle, member, join(folder, member.path), refuse);
      written.push({ path: member.path, size: member.size });
    }
    return written;
  } finally {
    await handle.close();
  }
}

/** @typedef {import("./zipDirectory.mjs").FileHandle} FileHandle */
/** @typedef {import("./zipDirectory.mjs").Refuse} Refuse */

/** @param {string} archive @returns {Refuse} */
function refusal(archive) {
  return (why) => new Error(`unzip: ${basename(archive)} is not a sound archive: ${why}. Delete it and run again.`);
}

/** @param {string} path @param {string} member @param {Refuse} refuse */
function checkName(path, member, refuse) {
  const parts = path.replace(/\/$/, "").split("/");
  const hostile = /[\\\u0000-\u001f]|^[A-Za-z]:/.test(path) || parts.some((part) => ["", ".", ".."].includes(part));
  if (hostile) throw refuse(`its member ${JSON.stringify(member.slice(0, 200))} would leave the folder`);
}

/** @param {FileHandle} handle @param {import("./zipDirectory.mjs").Member} member @param {string} path @param {Refuse} refuse */
async function extract(handle, { name, flags, method, crc, packed, size, mode, offset }, path, refuse) {
  if (flags & 1) throw refuse(`${name} is encrypted`);
  if (method !== 0 && method !== 8) throw refuse(`${name} is packed by the unknown method ${method}`);
  if ((mode & 0o170000) === symbolicLink) throw refuse(`${name} is a symbolic link`);
  const header = await readAt(handle, offset, 30, refuse);
  if (header.readUInt32LE(0) !== 0x04034b50) throw refuse(`${name} is not where the directory says`);
  const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + packed > (await handle.stat()).size) throw refuse(`${name} is cut off`);

  const seen = { size: 0, crc: 0 };
  const check = new Transform({
    transform(piece, _, done) {
      seen.size += piece.length;
      seen.crc = crc32(piece, seen.crc);
      if (seen.size > size) done(refuse(`${name} is larger than the ${size} bytes it declares`));
      else done(null, piece);
    },
  });
  await mkdir(dirname(path), { recursive: true });
  const out = createWriteStream(path, { flags: "wx", mode: mode & 0o111 ? 0o755 : 0o644 });
  const source = packed === 0 ? [] : pieces(handle, start, packed);
  try {
    await (method === 8 ? pipeline(source, zlib.createInflateRaw(), check, out) : pipeline(source, check, out));
    if (seen.size !== size) throw refuse(`${name} has ${seen.size} bytes instead of ${size}`);
    if (seen.crc !== crc) throw refuse(`${name} has a wrong checksum (CRC-32)`);
  } catch (error) {
    const { code = "", message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== "EEXIST") await rm(path, { force: true });
    throw code.startsWith("Z_") ? refuse(`${name} cannot be unpacked (${message})`) : error;
  }
}

/** The archive's bytes piece by piece. @param {FileHandle} handle @param {number} start @param {number} length */
async function* pieces(handle, start, length) {
  for (let at = 0; at < length;) {
    const piece = Buffer.allocUnsafe(Math.min(2 ** 18, length - at));
    const { bytesRead } = await handle.read(piece, 0, piece.length, start + at);
    if (bytesRead === 0) return; // the length check names it
    yield piece.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** CRC-32 as zip counts it; Node has it from 20.15 on. @param {Buffer} bytes @param {number} before */
function crc32(bytes, before) {
  if (zlib.crc32 !== undefined) return zlib.crc32(bytes, before);
  let crc = ~before;
  for (const byte of bytes) crc = /** @type {number} */ (crcTable[(crc ^ byte) & 0xff]) ^ (crc >>> 8);
  return ~crc >>> 0;
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1;
  return byte;
});
