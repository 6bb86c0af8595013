import { bestOf, type Candidate } from "./bestOf.ts";
import { scanModule } from "./scanModule.ts";
import { scanThreads } from "./scanThreads.ts";
import { scratchBytes } from "./scratchBytes.ts";
import { webAssembly } from "./webAssembly.ts";
import type { Block } from "./block.ts";

export interface ScanBlockOptions {
  /** The number of the block's first row. */
  first: number;
  /** Rows of the block that are searched: those from 0. */
  rows: number;
  k: number;
  /** Whether only rows count whose byte in the block's mask is 1. */
  masked: boolean;
}

/**
 * The k rows of a block with the largest scores for each query, as `encodeQuery` made them.
 *
 * One scan of a block at a time: its memory holds the lists. Work below about a millisecond is done in this thread.
 */
export async function scanBlock(
  { dtype, stride, memory, codes, scales, mask }: Block,
  queries: readonly Uint8Array[],
  { first, rows, k, masked }: ScanBlockOptions,
): Promise<Candidate[][]> {
  const module = scanModule(dtype);
  const width = queries[0]!.length;
  const step = 64 * Math.ceil(2 ** 20 / stride / 64);
  const small = rows * stride * queries.length < 2 ** 23;
  const threads = small ? 1 : Math.min(scanThreads.most, Math.ceil(rows / step));
  const found: Candidate[][] = [];
  const room = Math.floor((scratchBytes - COUNTER) / (width + 8 * k * threads));
  for (let start = 0; start < queries.length; start += room) {
    const part = queries.slice(start, start + room);
    const bytes = new Uint8Array(memory.buffer, COUNTER, width * part.length);
    part.forEach((query, index) => bytes.set(query, index * width));
    const each = part.length * k; // entries of the lists of one thread
    const at = COUNTER + bytes.length;
    const lists = new Float32Array(memory.buffer, at, threads * each).fill(-Infinity);
    const listRows = new Int32Array(memory.buffer, at + lists.byteLength, threads * each);
    const rests = Array.from({ length: threads }, (_, thread) => [
      ...[codes.byteOffset, stride, scales.byteOffset, COUNTER, width, part.length],
      ...[lists.byteOffset + 4 * thread * each, listRows.byteOffset + 4 * thread * each, k],
      masked ? mask.byteOffset : 0,
    ]);
    if (small) new webAssembly.Instance(module, { env: { memory } }).exports.run(0, rows, ...rests[0]!);
    else await scanThreads.run({ module, memory, rows, step, rests });
    part.forEach((_, query) => {
      const candidates: Candidate[] = [];
      for (let thread = 0; thread < threads; thread++)
        for (let i = thread * each + query * k; i < thread * each + (query + 1) * k && lists[i]! > -Infinity; i++)
          candidates.push({ row: first + listRows[i]!, score: lists[i]! });
      found.push(bestOf(candidates, k));
    });
  }
  return found;
}

const COUNTER = 64;
