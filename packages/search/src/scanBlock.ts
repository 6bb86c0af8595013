import { bestOf, type Candidate } from "./bestOf.ts";
import { earlyCuts } from "./earlyCuts.ts";
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
  /** Of the k, how many are wanted in the end. */
  wanted: number;
  /** Whether only rows count whose byte in the block's mask is 1. */
  masked: boolean;
}

/**
 * The k rows of a block with the largest scores for each query, as `encodeQuery` made them; see `earlyCuts` for what int8 may miss.
 *
 * One scan of a block at a time: its memory holds the lists. Work below about a millisecond is done in this thread.
 */
export async function scanBlock(
  block: Block,
  queries: readonly Uint8Array[],
  { first, rows, k, wanted, masked }: ScanBlockOptions,
): Promise<Candidate[][]> {
  const { dtype, stride, memory, codes, scales, mask } = block;
  const module = scanModule(dtype);
  const width = queries[0]!.length;
  const step = 64 * Math.ceil(2 ** 20 / stride / 64);
  const small = rows * stride * queries.length < 2 ** 23;
  const threads = small ? 1 : Math.min(scanThreads.most, Math.ceil(rows / step));
  const found: Candidate[][] = [];
  const room = Math.floor((scratchBytes - COUNTER) / (width + 8 * k * threads + 4));
  for (let start = 0; start < queries.length; start += room) {
    const part = queries.slice(start, start + room);
    const bytes = new Uint8Array(memory.buffer, COUNTER, width * part.length);
    part.forEach((query, index) => bytes.set(query, index * width));
    const each = part.length * k; // entries of the lists of one thread
    const at = COUNTER + bytes.length;
    const lists = new Float32Array(memory.buffer, at, threads * each).fill(-Infinity);
    const listRows = new Int32Array(memory.buffer, at + lists.byteLength, threads * each);
    const cuts = new Float32Array(memory.buffer, at + 2 * lists.byteLength, part.length);
    const best = () => part.map((_, query) => bestOf(listed(lists, listRows, { query, each, k }), k));
    const scan = async (from: number, to: number, early: number): Promise<void> => {
      const rests = Array.from({ length: threads }, (_, thread) => [
        ...[codes.byteOffset, stride, scales.byteOffset, COUNTER, width, part.length],
        ...[lists.byteOffset + 4 * thread * each, listRows.byteOffset + 4 * thread * each, k],
        ...[masked ? mask.byteOffset : 0, early, cuts.byteOffset],
      ]);
      if (small) new webAssembly.Instance(module, { env: { memory } }).exports.run(from, to, ...rests[0]!);
      else await scanThreads.run({ module, memory, from, rows: to, step, rests });
    };
    const early = dtype === "int8" && part.length > 1 && rows >= EARLY_ROWS ? earlyCuts.bytes(stride) : 0;
    let done = 0;
    if (early > 0)
      for (const share of [1 / 16, 1 / 4]) {
        const to = 64 * Math.ceil((rows * share) / 64);
        await scan(done, to, done > 0 ? early : 0);
        cuts.set(earlyCuts.of(block, part, best(), { bytes: early, wanted }));
        done = to;
      }
    await scan(done, rows, early);
    for (const candidates of best()) found.push(candidates.map(({ row, score }) => ({ row: first + row, score })));
  }
  return found;
}

const COUNTER = 64;
/** Below, learning the cuts costs what they save. */
const EARLY_ROWS = 2 ** 16;

/** What the threads' lists hold for a query. */
function listed(
  lists: Float32Array,
  rows: Int32Array,
  { query, each, k }: { query: number; each: number; k: number },
): Candidate[] {
  const candidates: Candidate[] = [];
  for (let start = query * k; start < lists.length; start += each)
    for (let i = start; i < start + k && lists[i]! > -Infinity; i++)
      candidates.push({ row: rows[i]!, score: lists[i]! });
  return candidates;
}
