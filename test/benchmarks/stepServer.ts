/**
 * Our side of the step benchmark, on request: a line "k" on stdin runs k steps and answers {"ms": milliseconds per step}.
 *
 *     NEARFAR_DATA=... node --conditions=nearfar-source --import tsx test/benchmarks/stepServer.ts resnet18|convnet
 *
 * SimCLR on 128 ready views of 32x32, SGD: the counterpart of peers/simclr_step_server.py. The first line, after warm-up, names the
 * engine and counts the weights.
 */
import { join } from "node:path";
import { convNet, resNet, simclrHead } from "@nearfar/encoders";
import { readTar } from "@nearfar/formats";
import { decodeImage, normalize } from "@nearfar/image-augmentation";
import { simclr } from "@nearfar/methods";
import { sgd } from "@nearfar/optimizers";
import { key } from "@nearfar/random";
import { isTrainable, leaves, loadEngine, tf, type Tensor4D } from "@nearfar/tensor";
import { trainStep, type TrainingState } from "@nearfar/trainer";
import { advance } from "./advance.ts";
import { answerSteps } from "./answerSteps.ts";
import { cifar10 } from "./cifar10.ts";
import { dataFolder } from "./dataFolder.ts";
import { say } from "./say.ts";

const VIEWS = 128;
const SIZE = 32;
const WARMUP = 5;

const nets = { resnet18: () => resNet({ depth: 18, stem: "small" }), convnet: convNet };
const heads = { resnet18: { out: 128 }, convnet: { out: 64 } };
const net = process.argv[2] as keyof typeof nets;
const engine = loadEngine();
const encoder = nets[net]();
const method = simclr({ encoder, projector: simclrHead(encoder.features, heads[net]), temperature: 0.5 });
const optimizer = sgd({ momentum: 0.9, weightDecay: 5e-4 });
const rate = (0.06 * (VIEWS / 2)) / 128; // lightly's, as in the peer's program

const batch = await views();
const { params, state } = method.init(key(0).fold("init"));
let current: TrainingState = { params, state, slots: optimizer.init(params) };
let steps = 0;
for (let i = 0; i < WARMUP; i++) step();
const weights = [...leaves(current.params)].filter(([path]) => isTrainable(path));
say({ engine: engine.version, params: weights.reduce((sum, [, leaf]) => sum + leaf.size, 0) });
await answerSteps(step);

function step(): void {
  current = advance(current, trainStep({ method, optimizer }, current, batch, { rate, key: key(0).fold(steps++) }));
}

async function views(): Promise<Tensor4D> {
  const input = new Float32Array(VIEWS * SIZE * SIZE * 3);
  let offset = 0;
  for await (const entry of readTar(join(dataFolder(cifar10), cifar10))) {
    normalize(await decodeImage(await entry.read()), { into: input, offset });
    offset += SIZE * SIZE * 3;
    if (offset === input.length) break;
  }
  return tf.tensor4d(input, [VIEWS, SIZE, SIZE, 3]); // [2n, h, w, 3]
}
