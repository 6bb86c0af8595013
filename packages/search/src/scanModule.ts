import { assemble, type Variables, type WasmFunction } from "./assemble.ts";
import { insertFunction } from "./insertFunction.ts";
import { scanKernels, type ScanKernel } from "./scanKernels.ts";
import type { VectorDtype } from "./vectorDtype.ts";
import { wasm, type Code } from "./wasm.ts";
import { webAssembly, type WasmModule } from "./webAssembly.ts";

/**
 * WebAssembly that finds the k rows with the largest score for each of some queries: its export `run` takes the parameters of `scan`.
 *
 * Rows are summed in lanes of 128 bits and scored by four, and 64 rows against all queries, two at a time, while they lie in the first
 * caches. A list is touched only by a row above its last. Compiled once per dtype; V8 shares the machine code among threads.
 */
export function scanModule(dtype: VectorDtype): WasmModule {
  return (compiled[dtype] ??= new webAssembly.Module(assemble([insertFunction, scan(scanKernels[dtype])])));
}

const compiled: Partial<Record<VectorDtype, WasmModule>> = {};
const { i32, f32, v128, i8x16, f32x4 } = wasm;
/** Rows that all queries meet while they are in the first caches. */
const CACHED = 64;
const FOUR = [0, 1, 2, 3];

function scan(kernel: ScanKernel): WasmFunction {
  return {
    parameters: {
      // Rows `from` to `to` of those that begin at `rows`, `stride` bytes each; `from` is a multiple of 4, and so is what lies there.
      ...{ from: "i32", to: "i32", rows: "i32", stride: "i32", scales: "i32" },
      ...{ queries: "i32", queryStride: "i32", count: "i32" },
      // Per query a list of k scores and one of k row numbers; a byte per row that says whether it counts, or 0: all do.
      ...{ lists: "i32", listRows: "i32", k: "i32", mask: "i32" },
      // What the first `early` bytes of a row alone must score above, per query; only asked where queries meet rows two at a time.
      ...{ early: "i32", cuts: "i32" },
    },
    locals: {
      ...{ end: "i32", left: "i32", query: "i32", list: "i32", ids: "i32", row: "i32", listBytes: "i32" },
      ...{ at: "i32", stop: "i32", queryAt: "i32", nextAt: "i32", at1: "i32", at2: "i32", at3: "i32" },
      ...Object.fromEntries(FOUR.flatMap((r) => [`sums${r}`, `more${r}`, `part${r}`].map((name) => [name, "v128"]))),
      ...{ number0: "v128", number1: "v128", nextRows: "i32", rowEnd: "i32", cut: "i32" },
    },
    body(variables) {
      const { get, set } = variables;
      const advance = (name: string, bytes: Code) => set(name, i32.add(get(name), bytes));
      /** The 64 rows against the next query, or the next two. */
      const meet = (sets: readonly string[]): Code[] => {
        const lists = sets.map((_, q) => ({
          list: q === 0 ? get("list") : i32.add(get("list"), get("listBytes")),
          ids: q === 0 ? get("ids") : i32.add(get("ids"), get("listBytes")),
        }));
        const least = (q: number) =>
          f32x4.splat(f32.load(i32.sub(i32.add(lists[q]!.list, get("listBytes")), i32.const(4))));
        const keep = (sums: string, q: number): Code =>
          wasm.if(
            v128.anyTrue(f32x4.gt(get(sums), least(q))),
            ...FOUR.map((r) =>
              wasm.call(
                0,
                ...[f32x4.lane(r)(get(sums)), i32.add(get("row"), i32.const(r)), get("end")],
                ...[lists[q]!.list, lists[q]!.ids, get("k"), get("mask")],
              ),
            ),
          );
        const scales = i32.add(get("scales"), i32.mul(get("row"), i32.const(4)));
        const count = i32.const(sets.length);
        const score = sets.flatMap((sums, q) => [
          ...scoreFour(kernel, variables, sums, sums),
          set(`${sums}0`, kernel.scores(get(`${sums}0`), scales)),
          keep(`${sums}0`, q),
        ]);
        /** Whether what there is of any of the four sums with a query is above its cut. */
        const above = (sums: string, q: number): Code => [
          ...scoreFour(kernel, variables, sums, "part").flat(),
          ...v128.anyTrue(
            f32x4.gt(kernel.scores(get("part0"), scales), f32x4.splat(f32.load(i32.add(get("cut"), i32.const(4 * q))))),
          ),
        ];
        return [
          set("row", get("from")),
          set("at", i32.add(get("rows"), i32.mul(get("from"), get("stride")))),
          wasm.while(
            i32.ltU(get("row"), get("end")),
            ...(sets.length === 1 ? [...sumOne(kernel, variables), ...score] : sumTwo(kernel, variables, above, score)),
            advance("row", i32.const(4)),
          ),
          ...[advance("left", i32.const(-sets.length)), advance("query", i32.mul(get("queryStride"), count))],
          ...[advance("list", i32.mul(get("listBytes"), count)), advance("ids", i32.mul(get("listBytes"), count))],
          advance("cut", i32.const(4 * sets.length)),
        ];
      };
      return [
        ...set("listBytes", i32.mul(get("k"), i32.const(4))),
        ...wasm.while(
          i32.ltU(get("from"), get("to")),
          set("end", i32.add(get("from"), i32.const(CACHED))),
          wasm.if(i32.ltU(get("to"), get("end")), set("end", get("to"))),
          ...[
            set("left", get("count")),
            set("query", get("queries")),
            set("list", get("lists")),
            set("ids", get("listRows")),
            set("cut", get("cuts")),
          ],
          wasm.while(i32.geU(get("left"), i32.const(2)), ...meet(["sums", "more"])),
          wasm.if(get("left"), ...meet(["sums"])),
          set("from", get("end")),
        ),
      ];
    },
  };
}

/**
 * The sums of four rows with one query into `sums0` to `sums3`; `at` moves behind the rows.
 *
 * Row after row, as they lie: the processor reads memory ahead three times faster than in four places at once. Each step of a round has a
 * sum of its own, so that none waits for another.
 */
function sumOne({ rowStep, unrolled, load, multiply, add }: ScanKernel, { get, set }: Variables): Code[] {
  const steps = FOUR.slice(0, unrolled);
  return FOUR.flatMap((r) => [
    ...steps.map((u) => set(`part${u}`, v128.zero)),
    set("stop", i32.add(get("at"), get("stride"))),
    set("queryAt", get("query")),
    wasm.while(
      i32.ltU(get("at"), get("stop")),
      ...steps.map((u) =>
        set(
          `part${u}`,
          add(get(`part${u}`), multiply(load(get("at"), rowStep * u), v128.load(get("queryAt"), 16 * u))),
        ),
      ),
      set("at", i32.add(get("at"), i32.const(rowStep * unrolled))),
      set("queryAt", i32.add(get("queryAt"), i32.const(16 * unrolled))),
    ),
    set(
      `sums${r}`,
      steps.map((u) => get(`part${u}`)).reduce((a, b) => add(a, b)),
    ),
  ]);
}

/**
 * The sums of four rows with one query into `sums0` to `sums3` and with the next into `more0` to `more3`, and `score` of them; each number is
 * loaded once. Where `early` is not 0, only rows of which one is `above` a cut after so many bytes are summed to their end.
 */
function sumTwo(
  { rowStep, unrolled, load, multiply, add }: ScanKernel,
  { get, set }: Variables,
  above: (sums: string, query: number) => Code,
  score: readonly Code[],
): Code[] {
  const ats = ["at", "at1", "at2", "at3"];
  const move = (name: string, bytes: number) => set(name, i32.add(get(name), i32.const(bytes)));
  const sumToStop = wasm.while(
    i32.ltU(get("at"), get("stop")),
    ...FOUR.slice(0, unrolled).flatMap((u) => [
      set("number0", v128.load(get("queryAt"), 16 * u)),
      set("number1", v128.load(get("nextAt"), 16 * u)),
      ...FOUR.flatMap((r) => [
        set("part0", load(get(ats[r]!), rowStep * u)),
        ...["sums", "more"].map((sums, q) =>
          set(`${sums}${r}`, add(get(`${sums}${r}`), multiply(get("part0"), get(`number${q}`)))),
        ),
      ]),
    ]),
    ...ats.map((name) => move(name, rowStep * unrolled)),
    ...["queryAt", "nextAt"].map((name) => move(name, 16 * unrolled)),
  );
  return [
    ...FOUR.flatMap((r) => [set(`sums${r}`, v128.zero), set(`more${r}`, v128.zero)]),
    ...ats.slice(1).map((name, before) => set(name, i32.add(get(ats[before]!), get("stride")))),
    set("rowEnd", get("at1")),
    set("nextRows", i32.add(get("at3"), get("stride"))),
    set("queryAt", get("query")),
    set("nextAt", i32.add(get("query"), get("queryStride"))),
    wasm.if(get("early"), set("stop", i32.add(get("at"), get("early"))), sumToStop),
    wasm.if(
      i32.or(i32.eqz(get("early")), i32.or(above("sums", 0), above("more", 1))),
      set("stop", get("rowEnd")),
      sumToStop,
      ...score,
    ),
    set("at", get("nextRows")),
  ];
}

/** The four sums of four lanes each into the lanes of the first of `into`, whose third is lost. */
function scoreFour({ add }: ScanKernel, { get, set }: Variables, sums: string, into: string): Code[] {
  /** Adds the lanes of two vectors that one shuffle picks to those that another picks. */
  const fold = (a: string, b: string, first: Code, second: Code) =>
    add(i8x16.shuffle(lanes(first))(get(a), get(b)), i8x16.shuffle(lanes(second))(get(a), get(b)));
  return [
    set(`${into}0`, fold(`${sums}0`, `${sums}1`, [0, 4, 1, 5], [2, 6, 3, 7])),
    set(`${into}2`, fold(`${sums}2`, `${sums}3`, [0, 4, 1, 5], [2, 6, 3, 7])),
    set(`${into}0`, fold(`${into}0`, `${into}2`, [0, 1, 4, 5], [2, 3, 6, 7])),
  ];
}

/** The bytes that a shuffle takes, of lanes of 32 bits: 0 to 3 of its first operand, 4 to 7 of its second. */
function lanes(picked: Code): Code {
  return picked.flatMap((lane) => FOUR.map((byte) => 4 * lane + byte));
}
