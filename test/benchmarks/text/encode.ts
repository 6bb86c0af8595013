import { readFile, writeFile } from "node:fs/promises";
import { readNpy } from "@nearfar/formats";
import { key, permutation } from "@nearfar/random";
import { conversation } from "../conversation.ts";
import { median } from "../median.ts";
import type { Measurement, Row } from "../measurement.ts";
import { peersEnvironment, releases } from "../peers/environment.ts";
import { ratioOfMedians } from "../ratioOfMedians.ts";
import { takeTurns } from "../takeTurns.ts";
import { typescript } from "../typescript.ts";
import { verdict } from "../verdict.ts";
import { allSentences } from "./allSentences.ts";
import { dataSets } from "./dataSets.ts";
import { held } from "../held.ts";
import { leastCosine } from "./leastCosine.ts";
import { miniLm } from "../miniLm.ts";
import { workFile } from "../workFile.ts";

/** Real sentences into vectors by all-MiniLM-L6-v2: ours, sentence-transformers and ONNX Runtime stay up and take turns. */
export const encode: Measurement = {
  benchmark: "text",
  slice: "encode",
  measure: async ({ quick }) => {
    const { command, env } = peersEnvironment(dataSets.sentences);
    const count = quick ? 200 : 2000;
    const [texts, ...vectors] = ["texts.json", "ours.npy", "torch.npy", "onnx.npy"].map((name) =>
      workFile(`encode-${name}`),
    );
    const all = await allSentences();
    await writeFile(
      texts!,
      JSON.stringify(Array.from(permutation(key(1), all.length).subarray(0, count), (i) => all[i]!)),
    );
    const open: { close(): void }[] = [];
    const start = async <Hello>(line: readonly string[], options = {}) => {
      const program = await conversation<Hello, { ms: number }>(line, options);
      open.push(program);
      return program;
    };
    try {
      const [byOurs, byTorch, byOnnx] = vectors as [string, string, string];
      const ours = await start<{ engine: string }>(typescript("text/encodeServer.ts", [miniLm(), texts!, byOurs]));
      const server = (backend: string, to: string) =>
        start<{ torch: string }>(command("encode_server.py", texts!, to, "--backend", backend, "--batch", "32"), {
          env,
        });
      const torch = await server("torch", byTorch);
      const onnx = await server("onnx", byOnnx);
      const sides = { ours: () => ours.ask("go"), torch: () => torch.ask("go"), onnx: () => onnx.ask("go") };
      const times = await takeTurns(sides, quick ? 3 : 20);
      const [own, ...others] = await Promise.all(vectors.map(async (path) => readNpy(await readFile(path))));
      const least = Math.min(
        ...others.map((other) => leastCosine(own!.data as Float32Array, other.data as Float32Array, count)),
      );
      const rate = (ms: readonly number[]) => `${((1000 * count) / median(ms)).toFixed(0)} sentences/s`;
      const row = (peer: "torch" | "onnx", name: string, atMost: number): Row => {
        const ratio = ratioOfMedians(key(0), times.ours, times[peer]);
        return {
          what: `${count} sentences by all-MiniLM-L6-v2 (${times.ours.length} rounds; the ratio is of times)`,
          ours: rate(times.ours),
          peer: `${name} ${rate(times[peer])}`,
          ratio,
          target: `ratio <= ${atMost.toFixed(2)}`,
          reached: verdict(ratio, { atMost }),
        };
      };
      const same = { what: "the least cosine of a vector of ours and the same one of a peer", ours: least.toFixed(6) };
      return {
        rows: [
          row("torch", "sentence-transformers", 1 / 1.3),
          row("onnx", "ONNX Runtime", 1),
          { ...same, ...held("> 0.9999", least > 0.9999) },
        ],
        versions: {
          tensorflow: ours.hello.engine,
          torch: torch.hello.torch,
          "sentence-transformers": releases["sentence-transformers"],
          onnxruntime: releases.onnxruntime,
        },
        samples: times,
      };
    } finally {
      for (const program of open) program.close();
    }
  },
};
