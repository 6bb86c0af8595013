import { assemble, type WasmFunction } from "./assemble.ts";
import { insertFunction } from "./insertFunction.ts";
import { scanKernels, type ScanKernel } from "./scanKernels.ts";
import type { VectorDtype } from "./vectorDtype.ts";
import { wasm, type Code } from "./wasm.ts";
import { webAssembly, type WasmModule } from "./webAssembly.ts";

/**
 * WebAssembly that finds the k rows with the largest score for each of some queries: its export `run` takes the parameters of `scan`.
 *
 * Rows are summed in lanes of 128 bits and scored by four, and 64 rows against all queries while they lie in the first cache. A list is
 * touched only by a row above its last. Compiled once per dtype; V8 shares the machine code among threads.
 */
export function scanModule(dtype: VectorDtype): WasmModule {
  return (compiled[dtype] ??= new webAssembly.Module(assemble([insertFunction, scan(scanKernels[dtype])])));
}

const compiled: Partial<Record<VectorDtype, WasmModule>> = {};
const { i32, f32, v128, i8x16, f32x4 } = wasm;
/** Rows that all queries meet while they are in the first cache. */
const CACHED = 64;
const FOUR = [0, 1, 2, 3];

function scan({ queryStep, unrolled, product, add, scores }: ScanKernel): WasmFunction {
  return {
    parameters: {
      // Rows `from` to `to` of those that begin at `rows`, `stride` bytes each; `from` is a multiple of 4, and so is what lies there.
      ...{ from: "i32", to: "i32", rows: "i32", stride: "i32", scales: "i32" },
      ...{ queries: "i32", queryStride: "i32", count: "i32" },
      // Per query a list of k scores and one of k row numbers; a byte per row that says whether it counts, or 0: all do.
      ...{ lists: "i32", listRows: "i32", k: "i32", mask: "i32" },
    },
    locals: {
      ...{ end: "i32", left: "i32", query: "i32", list: "i32", ids: "i32", row: "i32" },
      ...{ at: "i32", stop: "i32", queryAt: "i32", part0: "v128", part1: "v128", part2: "v128", part3: "v128" },
      ...{ sums0: "v128", sums1: "v128", sums2: "v128", sums3: "v128", least: "v128" },
    },
    body({ get, set }) {
      const advance = (name: string, bytes: Code) => set(name, i32.add(get(name), bytes));
      const listBytes = i32.mul(get("k"), i32.const(4));
      const readLeast = set("least", f32x4.splat(f32.load(i32.sub(i32.add(get("list"), listBytes), i32.const(4)))));
      /** Adds the lanes of two vectors that one shuffle picks to those that another picks. */
      const fold = (a: string, b: string, first: Code, second: Code) =>
        add(i8x16.shuffle(lanes(first))(get(a), get(b)), i8x16.shuffle(lanes(second))(get(a), get(b)));
      // Row after row, as they lie: the processor reads memory ahead three times faster than in four places at once.
      const steps = FOUR.slice(0, unrolled);
      const sumRow = (sums: string): Code[] => [
        ...steps.map((u) => set(`part${u}`, v128.zero)),
        set("stop", i32.add(get("at"), get("stride"))),
        set("queryAt", get("query")),
        wasm.while(
          i32.ltU(get("at"), get("stop")),
          ...steps.map((u) =>
            set(`part${u}`, add(get(`part${u}`), product(get("at"), 16 * u, get("queryAt"), queryStep * u))),
          ),
          advance("at", i32.const(16 * unrolled)),
          advance("queryAt", i32.const(queryStep * unrolled)),
        ),
        set(
          sums,
          steps.map((u) => get(`part${u}`)).reduce((a, b) => add(a, b)),
        ),
      ];
      const scoreFour = [
        ...FOUR.flatMap((r) => sumRow(`sums${r}`)),
        set("sums0", fold("sums0", "sums1", [0, 4, 1, 5], [2, 6, 3, 7])),
        set("sums2", fold("sums2", "sums3", [0, 4, 1, 5], [2, 6, 3, 7])),
        set("sums0", fold("sums0", "sums2", [0, 1, 4, 5], [2, 3, 6, 7])),
        set("sums0", scores(get("sums0"), i32.add(get("scales"), i32.mul(get("row"), i32.const(4))))),
      ];
      const keep = FOUR.map((r) =>
        wasm.call(
          0,
          ...[f32x4.lane(r)(get("sums0")), i32.add(get("row"), i32.const(r)), get("end")],
          ...[get("list"), get("ids"), get("k"), get("mask")],
        ),
      );
      return wasm.while(
        i32.ltU(get("from"), get("to")),
        set("end", i32.add(get("from"), i32.const(CACHED))),
        wasm.if(i32.ltU(get("to"), get("end")), set("end", get("to"))),
        ...[
          set("left", get("count")),
          set("query", get("queries")),
          set("list", get("lists")),
          set("ids", get("listRows")),
        ],
        wasm.while(
          get("left"),
          readLeast,
          set("row", get("from")),
          set("at", i32.add(get("rows"), i32.mul(get("from"), get("stride")))),
          wasm.while(
            i32.ltU(get("row"), get("end")),
            ...scoreFour,
            wasm.if(v128.anyTrue(f32x4.gt(get("sums0"), get("least"))), ...keep, readLeast),
            advance("row", i32.const(4)),
          ),
          ...[advance("left", i32.const(-1)), advance("query", get("queryStride"))],
          ...[advance("list", listBytes), advance("ids", listBytes)],
        ),
        set("from", get("end")),
      );
    },
  };
}

/** The bytes that a shuffle takes, of lanes of 32 bits: 0 to 3 of its first operand, 4 to 7 of its second. */
function lanes(picked: Code): Code {
  return picked.flatMap((lane) => FOUR.map((byte) => 4 * lane + byte));
}
