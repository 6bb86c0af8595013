import { openForReading, UserError } from "@nearfar/formats";
import { readInto } from "./readInto.ts";
import type { FileHandle } from "node:fs/promises";

/** What a graph is expected to be. */
export interface GraphShape {
  readonly dimensions: number;
  readonly connectivity: number;
  /** Rows that were not removed. */
  readonly rows: number;
}

/**
 * Throws UserError unless a file is a whole graph of usearch 2 that can be searched: of bfloat16 vectors and cosines, this shape, and with
 * every node, level and neighbour inside it. usearch checks the sizes alone, and follows neighbours wherever they point.
 *
 * The file: u32 nodes and bytes of a vector, the vectors; a head of 64 bytes; u64 nodes, neighbours of a node above level 0 and at it, the
 * highest level, the first node; i16 a level for each node; the nodes, each u64 key, i16 level and for each level from 0 on u32 how many
 * neighbours, and room for them, u32 each. `save_to_stream` in usearch's index_dense.hpp and index.hpp.
 */
export async function checkGraph(path: string, { dimensions, connectivity, rows }: GraphShape): Promise<void> {
  const handle = await openForReading(path);
  const refuse = (what: string): never => {
    throw new UserError(`${path}: ${what}. The graph is damaged or of another store; make the store again.`);
  };
  const read = async (at: number, bytes: number): Promise<Buffer> => {
    const buffer = Buffer.alloc(bytes);
    await readInto(handle, buffer, { at, path });
    return buffer;
  };
  try {
    const { size } = await handle.stat();
    if (size < 8 + HEAD + FIXED) refuse("the file is too short");
    const start = await read(0, 8);
    const [nodes, vectorBytes] = [start.readUInt32LE(0), start.readUInt32LE(4)];
    if (vectorBytes !== 2 * dimensions) refuse(`a vector takes ${2 * dimensions} bytes; got ${vectorBytes}`);
    const head = 8 + nodes * vectorBytes;
    const levelsAt = head + HEAD + FIXED;
    const least = levelsAt + nodes * (2 + nodeBytes(0, connectivity));
    if (size < least) refuse(`a graph of ${nodes} nodes takes at least ${least} bytes; got ${size}`);
    const fixed = await read(head, HEAD + FIXED);
    const number = (at: number) => Number(fixed.readBigUInt64LE(at));
    if (fixed.toString("latin1", 0, 7) !== "usearch" || fixed.readUInt16LE(7) !== 2) refuse("no usearch 2 wrote it");
    if (fixed.toString("latin1", 13, 17) !== KINDS) refuse("it holds other kinds of numbers");
    if (number(17) !== rows || number(17) + number(25) !== nodes || number(33) !== dimensions || fixed[41] !== 0)
      refuse(`there are ${rows} rows of ${dimensions} numbers; got ${number(17)} of ${number(33)}`);
    const [count, above, base, highest, first] = [0, 8, 16, 24, 32].map((at) => number(HEAD + at));
    if (count !== nodes || above !== connectivity || base !== 2 * connectivity) refuse("its parts are of other sizes");
    const levels = new Int16Array(nodes);
    await readInto(handle, new Uint8Array(levels.buffer), { at: levelsAt, path });
    let end = levelsAt + 2 * nodes;
    for (const level of levels) {
      if (level < 0 || level > highest!) refuse(`a level is from 0 to ${highest}; got ${level}`);
      end += nodeBytes(level, connectivity);
    }
    if (end !== size) refuse(`the graph takes ${end} bytes; got ${size}`);
    if (nodes > 0 && levels[first!] !== highest) refuse("its first node is none of the highest level");
    await checkNodes(handle, levels, { at: levelsAt + 2 * nodes, connectivity, path, refuse });
  } finally {
    await handle.close();
  }
}

const HEAD = 64;
const FIXED = 40;
/** The metric "cos" and the numbers of usearch's `scalar_kind_t` for bf16, u64 keys and u32 nodes. */
const KINDS = "c\u0004\u000e\u000f";

const nodeBytes = (level: number, connectivity: number): number =>
  10 + 4 + 4 * 2 * connectivity + level * (4 + 4 * connectivity);

interface Nodes {
  at: number;
  connectivity: number;
  path: string;
  refuse: (what: string) => never;
}

async function checkNodes(handle: FileHandle, levels: Int16Array, { at, connectivity, path, refuse }: Nodes) {
  const buffer = Buffer.alloc(2 ** 22);
  for (let node = 0; node < levels.length;) {
    let [bytes, next] = [0, node]; // as many nodes as the buffer holds
    while (next < levels.length && bytes + nodeBytes(levels[next]!, connectivity) <= buffer.length)
      bytes += nodeBytes(levels[next++]!, connectivity);
    if (next === node) refuse(`node ${node} is too large`);
    await readInto(handle, buffer.subarray(0, bytes), { at, path });
    at += bytes;
    for (let from = 0; node < next; node++) {
      const level = levels[node]!;
      if (buffer.readInt16LE(from + 8) !== level) refuse(`node ${node} has two levels`);
      let list = from + 10;
      for (let l = 0; l <= level; l++) {
        const room = l === 0 ? 2 * connectivity : connectivity;
        const count = buffer.readUInt32LE(list);
        if (count > room) refuse(`node ${node} has ${count} neighbours of at most ${room}`);
        for (let i = 1; i <= count; i++) {
          const other = buffer.readUInt32LE(list + 4 * i);
          if (!(levels[other]! >= l)) refuse(`node ${node} has the neighbour ${other}, which is none of level ${l}`);
        }
        list += 4 + 4 * room;
      }
      from = list;
    }
  }
}
