/**
 * SimCLR views per second in one process on one core, the counterpart of `peers/views.py --impl v2`.
 *
 *     NEARFAR_DATA=... taskset -c 0 node --conditions=nearfar-source --import tsx test/benchmarks/views.ts [--source cifar|flickr] [--seconds 12]
 *
 * cifar: 32x32, decoded once as in training (its cost stands beside), small recipe. flickr: 128 px JPEG decoded for every pair, 96 px,
 * large recipe with blur. Normalised into batches of 64. Prints one JSON line; the rate is the median of six windows.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readTar, type Image } from "@nearfar/formats";
import { decodeImage, normalize, simclrCifar, simclrViews } from "@nearfar/image-augmentation";
import { key } from "@nearfar/random";

const { values } = parseArgs({
  options: { source: { type: "string", default: "cifar" }, seconds: { type: "string", default: "12" } },
});
const sources = {
  cifar: { archive: "cifar10/cifar10-jpg-q92.tar.gz", recipe: simclrCifar, size: 32, pictures: 8192 },
  flickr: { archive: "flickr8k/flickr8k-128px-jpg.tar.gz", recipe: { size: 96 }, size: 96, pictures: 4096 },
};
const data = process.env["NEARFAR_DATA"];
if (data === undefined || !(values.source in sources)) {
  console.error("views: NEARFAR_DATA names the folder of data sets, --source is cifar or flickr.");
  process.exit(2);
}
const { archive, recipe, size, pictures } = sources[values.source as keyof typeof sources];
const batch = 64;

const files: Uint8Array[] = [];
for await (const entry of readTar(join(data, archive))) {
  files.push(await entry.read());
  if (files.length === pictures) break;
}
const now = () => performance.now() / 1000;
const decodeAll = (bytes: readonly Uint8Array[]) => Promise.all(bytes.map((file) => decodeImage(file, { size })));

for (let i = 0; i < 2048; i += batch) await decodeAll(files.slice(i, i + batch)); // warm, as the views and the peers are when they are timed
const decoding = now();
const decoded: Image[] = [];
for (let i = 0; i < files.length; i += batch) decoded.push(...(await decodeAll(files.slice(i, i + batch))));
const decodeSeconds = (now() - decoding) / files.length;

const views = simclrViews(recipe);
const input = new Float32Array(2 * batch * size * size * 3);
let next = 0;
async function oneBatch(): Promise<void> {
  const first = next % (files.length - batch + 1);
  const images =
    values.source === "cifar"
      ? decoded.slice(first, first + batch)
      : await decodeAll(files.slice(first, first + batch));
  images.forEach((image, i) => {
    views(key(0).fold(next + i), image).forEach((view, v) =>
      normalize(view, { into: input, offset: (v * batch + i) * size * size * 3 }),
    );
  });
  next += batch;
}

const warm = now();
while (now() - warm < 3) await oneBatch();
const rates: number[] = [];
for (let window = 0; window < 6; window++) {
  const start = now();
  let made = 0;
  for (; now() - start < Number(values.seconds) / 6; made += 2 * batch) await oneBatch();
  rates.push(made / (now() - start));
}
rates.sort((a, b) => a - b);
const round = (x: number) => Math.round(10 * x) / 10;
const rate = (rates[2]! + rates[3]!) / 2;
console.log(
  JSON.stringify({
    script: "views",
    source: values.source,
    size,
    views_per_s: round(rate),
    min: round(rates[0]!),
    max: round(rates[5]!),
    decode_us_per_picture: round(1e6 * decodeSeconds),
    // One pair of views right after decoding: what the first epoch costs.
    views_per_s_first_epoch: round(values.source === "cifar" ? 2 / (2 / rate + decodeSeconds) : rate),
    node: process.version,
    threads: 1,
  }),
);
