import type { WasmFunction } from "./assemble.ts";
import { wasm } from "./wasm.ts";

const { i32, f32 } = wasm;

/**
 * Puts a row into a list of k, the largest score first, behind its equals, by moving up from the end.
 *
 * A row from `end` on, one whose byte in the mask (if there is one) is 0, and one that is not above the
 * last of the list (NaN never is) are passed over.
 */
export const insertFunction: WasmFunction = {
  parameters: { score: "f32", row: "i32", end: "i32", scores: "i32", rows: "i32", k: "i32", mask: "i32" },
  locals: { before: "i32" },
  body: ({ get, set }) => {
    const plus = (name: string, bytes: number) => i32.add(get(name), i32.const(bytes));
    return [
      ...wasm.if(i32.geU(get("row"), get("end")), wasm.return),
      ...set("before", i32.mul(plus("k", -1), i32.const(4))), // bytes of the list before the place
      ...set("scores", i32.add(get("scores"), get("before"))),
      ...set("rows", i32.add(get("rows"), get("before"))),
      ...wasm.if(i32.eqz(f32.lt(f32.load(get("scores")), get("score"))), wasm.return),
      ...wasm.if(get("mask"), wasm.if(i32.eqz(i32.load8U(i32.add(get("mask"), get("row")))), wasm.return)),
      ...wasm.while(
        wasm.and(get("before"), f32.lt(f32.load(plus("scores", -4)), get("score"))),
        f32.store(get("scores"), f32.load(plus("scores", -4))),
        i32.store(get("rows"), i32.load(plus("rows", -4))),
        ...["scores", "rows", "before"].map((name) => set(name, plus(name, -4))),
      ),
      ...f32.store(get("scores"), get("score")),
      ...i32.store(get("rows"), get("row")),
    ];
  },
};
