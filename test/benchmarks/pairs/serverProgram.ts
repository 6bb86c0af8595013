/**
 * The search server over vectors that are ready, until it is told to end: a line on stdin.
 *
 *     node --conditions=nearfar-source --import tsx test/benchmarks/pairs/serverProgram.ts VECTORS.npy ROWS
 *
 * The text "n" is encoded as row n: what is timed is the server, not a model. The first line that it prints is {"url": ...}.
 */
import { createInterface } from "node:readline";
import { createApp, serve } from "@nearfar/cross-modal-search";
import type { Vectors } from "@nearfar/formats";
import type { TwoTowers } from "@nearfar/runs";
import { say } from "../say.ts";
import { readMatrix } from "./readMatrix.ts";

const [file, count] = process.argv.slice(2) as [string, string];
const rows = Number(count);
const { dimensions, data } = await readMatrix(file);
const vectorOf = (row: number) => data.subarray(row * dimensions, (row + 1) * dimensions);
for (let row = 0; row < rows; row++) {
  const vector = vectorOf(row);
  const length = Math.hypot(...vector);
  vector.forEach((value, j) => (vector[j] = value / length));
}
const vectors: Vectors = { rows, dimensions, data: data.slice(0, rows * dimensions) };
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
      data: Float32Array.from(texts.flatMap((text) => Array.from(vectorOf(Number(text))))),
    }),
    dispose() {},
  },
  encodePictures: () => Promise.reject(new Error("serverProgram: it has no pictures.")),
  scale: 1,
  bias: 0,
  dispose() {},
};
const pictures = Array.from({ length: rows }, (_, row) => ({ path: `${row}.png`, captions: [`picture ${row}`] }));
const read = () => Promise.reject(new Error("serverProgram: it has no pictures."));
const app = createApp({ towers, gallery: { name: "ready", version: "1", pictures, vectors, read } });
const server = await serve(app, { port: 0 });
say({ url: server.url });
for await (const _ of createInterface({ input: process.stdin })) break;
await server.close();
process.exit(0);
