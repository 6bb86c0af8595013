/**
 * The search server over vectors that are ready, until it is told to end: a line on stdin.
 *
 *     node --conditions=nearfar-source --import tsx test/benchmarks/pairs/serverProgram.ts VECTORS.npy ROWS
 *
 * The text "n" is encoded as row n: what is timed is the server, not a model. The first line that it prints is {"url": ...}.
 */
import { createInterface } from "node:readline";
import { createApp, serve } from "@nearfar/cross-modal-search";
import { readVectors, type Vectors } from "@nearfar/formats";
import type { TwoTowers } from "@nearfar/runs";
import { say } from "../say.ts";

const [file, count] = process.argv.slice(2) as [string, string];
const rows = Number(count);
const all: Float32Array[] = [];
for await (const { vector } of readVectors(file)) {
  all.push(Float32Array.from(vector, (value) => value / Math.hypot(...vector)));
  if (all.length === rows) break;
}
const dimensions = all[0]!.length;
const vectors: Vectors = { rows, dimensions, data: Float32Array.from({ length: rows * dimensions }) };
for (const [row, vector] of all.entries()) vectors.data.set(vector, row * dimensions);
const towers: TwoTowers = {
  name: "ready vectors",
  dimensions,
  texts: {
    name: "row numbers",
    dimensions,
    truncated: 0,
    encode: async (texts) => ({
      rows: texts.length,
      dimensions,
      data: Float32Array.from(texts.flatMap((text) => Array.from(all[Number(text)]!))),
    }),
    dispose() {},
  },
  encodePictures: () => Promise.reject(new Error("serverProgram: it has no pictures.")),
  scale: 1,
  bias: 0,
  dispose() {},
};
const pictures = all.map((_, row) => ({ path: `${row}.png`, captions: [`picture ${row}`] }));
const read = () => Promise.reject(new Error("serverProgram: it has no pictures."));
const app = createApp({ towers, gallery: { name: "ready", version: "1", pictures, vectors, read } });
const server = await serve(app, { port: 0 });
say({ url: server.url });
for await (const _ of createInterface({ input: process.stdin })) break;
await server.close();
process.exit(0);
