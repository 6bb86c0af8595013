/**
 * Our side of the two-tower benchmark, on request: a line "k" on stdin runs k steps and answers {"ms": milliseconds per step}.
 *
 *     node --conditions=nearfar-source --import tsx test/benchmarks/pairs/stepServer.ts vit|conv TOKENS.json
 *
 * CLIP's loss over 64 ready pictures of 64 px and their tokens, AdamW 1e-3, gradients of length 1: the counterpart of
 * peers/clip_step_server.py, whose nets it has. The first line, after as many steps of warm-up, names the engine and counts the weights.
 */
import { readFile } from "node:fs/promises";
import { clipText, convNet, packTokens, projection, visionTransformer } from "@nearfar/encoders";
import { clip } from "@nearfar/methods";
import { adamW, clipped } from "@nearfar/optimizers";
import { key, normals } from "@nearfar/random";
import { isTrainable, leaves, loadEngine, tf } from "@nearfar/tensor";
import { trainStep, type TrainingState } from "@nearfar/trainer";
import { advance } from "../advance.ts";
import { answerSteps } from "../answerSteps.ts";
import { say } from "../say.ts";

const SIZE = 64;
const DIMENSIONS = 192;
const WARMUP = 3;

const [tower, file] = process.argv.slice(2) as ["vit" | "conv", string];
const engine = loadEngine();
const texts = (JSON.parse(await readFile(file, "utf8")) as number[][]).map((ids) => Int32Array.from(ids));
const towers = {
  vit: () => visionTransformer({ size: SIZE, patch: 8, width: 192, depth: 6, heads: 3 }),
  conv: () => convNet({ widths: [64, 128, 256, 256], strides: [2, 2, 2, 2] }),
};
const image = towers[tower]();
const text = clipText({ vocabularySize: 49_408, tokens: 32, width: 192, layers: 4, heads: 3 });
const method = clip({
  image,
  text,
  imageProjection: projection(image.features, DIMENSIONS),
  textProjection: projection(text.features, DIMENSIONS),
});
const optimizer = clipped(adamW({ beta1: 0.9, beta2: 0.98, epsilon: 1e-6, weightDecay: 0.1, decay: "matrices" }), 1);
const pixels = normals(key(0).fold("pictures"), texts.length * SIZE * SIZE * 3);
const batch = {
  images: tf.tensor4d(Float32Array.from(pixels), [texts.length, SIZE, SIZE, 3]),
  texts: packTokens(texts),
};
const { params, state } = method.init(key(0).fold("init"));
let current: TrainingState = { params, state, slots: optimizer.init(params) };
let steps = 0;
for (let i = 0; i < WARMUP; i++) step();
const weights = [...leaves(current.params)].filter(([path]) => isTrainable(path));
say({ engine: engine.version, params: weights.reduce((sum, [, { size }]) => sum + size, 0) });
await answerSteps(step);

function step(): void {
  current = advance(
    current,
    trainStep({ method, optimizer }, current, batch, { rate: 1e-3, key: key(0).fold(steps++) }),
  );
}
