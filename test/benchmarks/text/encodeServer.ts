/**
 * Our side of the encode benchmark, on request: each line on stdin embeds the texts once and answers {"ms": milliseconds}.
 *
 *     node --conditions=nearfar-source --import tsx test/benchmarks/text/encodeServer.ts MODEL-FOLDER TEXTS.json VECTORS.npy
 *
 * The counterpart of peers/encode_server.py. The vectors of the warm-up go to the npy file; the first line, after it, names the engine.
 */
import { readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { openModel } from "@nearfar/encoders";
import { writeNpy } from "@nearfar/formats";
import { loadEngine } from "@nearfar/tensor";
import { say } from "../say.ts";

const [folder, textsFile, vectorsFile] = process.argv.slice(2) as [string, string, string];
const engine = loadEngine();
const model = await openModel(folder);
const texts = JSON.parse(await readFile(textsFile, "utf8")) as string[];
const { data, rows, dimensions } = await model.encode(texts);
await writeFile(vectorsFile, writeNpy(data, [rows, dimensions]));
say({ engine: engine.version });
for await (const _ of createInterface({ input: process.stdin })) {
  const begin = performance.now();
  await model.encode(texts);
  say({ ms: performance.now() - begin });
}
