/**
 * Our side of the SimCSE benchmark, on request: a line "k" on stdin runs k steps and answers {"ms": milliseconds per step}.
 *
 *     node --conditions=nearfar-source --import tsx test/benchmarks/text/simcseServer.ts MODEL-FOLDER SENTENCES.json
 *
 * Unsupervised SimCSE, 64 sentences a step, at most 32 tokens, dropout on, AdamW 3e-5, tokenising included: the counterpart of
 * peers/simcse_step_server.py. The first line, after as many steps of warm-up, names the engine and counts the weights.
 */
import { readFile } from "node:fs/promises";
import { openModel, packTokens } from "@nearfar/encoders";
import { simcse } from "@nearfar/methods";
import { adamW } from "@nearfar/optimizers";
import { key } from "@nearfar/random";
import { leaves, loadEngine, tf } from "@nearfar/tensor";
import { trainStep, type TrainingState } from "@nearfar/trainer";
import { advance } from "../advance.ts";
import { answerSteps } from "../answerSteps.ts";
import { say } from "../say.ts";

const BATCH = 64;
const TOKENS = 32;
const WARMUP = 3;

const [folder, file] = process.argv.slice(2) as [string, string];
const engine = loadEngine();
const { encoder, params: pretrained, tokenizer } = await openModel(folder);
const sentences = JSON.parse(await readFile(file, "utf8")) as string[];
const method = simcse({ encoder: { ...encoder, init: () => pretrained }, temperature: 0.05 });
const optimizer = adamW();
const { params, state } = method.init(key(0).fold("init"));
let current: TrainingState = { params, state, slots: optimizer.init(params) };
let steps = 0;
for (let i = 0; i < WARMUP; i++) step();
say({ engine: engine.version, params: [...leaves(current.params).values()].reduce((sum, { size }) => sum + size, 0) });
await answerSteps(step);

function step(): void {
  const texts = sentences.slice(BATCH * steps, BATCH * (steps + 1));
  if (texts.length < BATCH)
    throw new Error(`simcse: ${sentences.length} sentences do not suffice for step ${steps + 1}.`);
  const ids = texts.map((text) => tokenizer.wrap(tokenizer.encode(text), TOKENS));
  const batch = { tokens: packTokens([...ids, ...ids]), columns: 2 };
  current = advance(
    current,
    trainStep({ method, optimizer }, current, batch, { rate: 3e-5, key: key(0).fold(steps++) }),
  );
  tf.dispose(batch.tokens as never);
}
