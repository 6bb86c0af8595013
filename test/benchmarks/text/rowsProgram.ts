/**
 * AdamW updates of a token table, 30,522 x 384, whose batch used 1,500 rows: with a gradient as large as the table, and by these rows.
 *
 *     node --conditions=nearfar-source --import tsx test/benchmarks/text/rowsProgram.ts PAIRS
 *
 * Prints one JSON line.
 */
import { adamW, type Slots } from "@nearfar/optimizers";
import { key, normals, permutation } from "@nearfar/random";
import { leaves, loadEngine, tf, type Gradient, type Params, type Tensor } from "@nearfar/tensor";
import { say } from "../say.ts";
import { takeTurns } from "../takeTurns.ts";
import type { RowsResult } from "./rows.ts";

const [TOKENS, WIDTH, USED] = [30_522, 384, 1_500];

const pairs = Number(process.argv[2]);
const engine = loadEngine();
const optimizer = adamW();
const rate = tf.scalar(1e-3);
const used = Int32Array.from(permutation(key(0), TOKENS).subarray(0, USED));
const values = tf.tensor2d(normals(key(1), USED * WIDTH), [USED, WIDTH]);
const indices = tf.tensor1d(used, "int32");
const whole = tf.tidy(() => tf.scatterND(tf.expandDims(indices, 1), values, [TOKENS, WIDTH]));
const sides = { dense: updater(whole), rows: updater({ indices, values }) };
await takeTurns(sides, 3); // warm-up
say({ engine: engine.version, ...(await takeTurns(sides, pairs)) } satisfies RowsResult);

function updater(gradient: Gradient): () => Promise<{ ms: number }> {
  let params: Params = { weight: tf.tensor2d(normals(key(2), TOKENS * WIDTH, { deviation: 0.02 }), [TOKENS, WIDTH]) };
  let slots: Slots = optimizer.init(params);
  const gradients = new Map([["weight", gradient]]);
  return async () => {
    const before = tensors(params, slots);
    const begin = performance.now();
    ({ params, slots } = optimizer.update(gradients, params, slots, rate));
    const kept = new Set(tensors(params, slots));
    for (const tensor of before) if (!kept.has(tensor)) tensor.dispose();
    return { ms: performance.now() - begin };
  };
}

function tensors(...trees: Params[]): Tensor[] {
  return trees.flatMap((tree) => [...leaves(tree).values()]);
}
