import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tensor } from "@tensorflow/tfjs-core";
import { encodeGraph, type Graph } from "./encodeGraph.ts";
import { tf } from "./tf.ts";

/**
 * A function of tensors that takes its value from a graph, in one call; `plain` computes the same by single operations.
 *
 * For what those cannot do: lists of strings as attributes, kernels that only graphs may use, results handed on without a copy. Where the engine
 * has no such kernel (another processor, a GPU) `plain` gives the value, from then on without trying again. For evaluation only: a gradient
 * through it throws, and a step that is recorded does not see it.
 */
export function asGraph(plain: (...inputs: Tensor[]) => Tensor, graph: Graph): (...inputs: Tensor[]) => Tensor {
  let session: number | undefined;
  let works = true;
  const value = (inputs: Tensor[]): Tensor => {
    const backend = tf.backend() as unknown as NativeBackend;
    if (!works || backend.isUsingGpuDevice || !backend.binding?.loadSavedModel) return plain(...inputs);
    try {
      session ??= load(backend, graph);
      const feeds = graph.inputs.map((name) => `${name}:0`).join();
      const ids = backend.getInputTensorIds(inputs);
      const [result] = backend.binding.runSavedModel(session, ids, feeds, `${graph.nodes.at(-1)!.name}:0`);
      return backend.createOutputTensor(result!);
    } catch {
      works = false; // whatever is wrong with the inputs, `plain` says it
      return plain(...inputs);
    }
  };
  const noGradient = () => {
    throw new Error("asGraph: there is no gradient through a graph. Was a net in evaluation mode trained?");
  };
  return tf.customGrad((...all) => ({ value: value(all.slice(0, -1) as Tensor[]), gradFunc: noGradient }));
}

interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding?: {
    loadSavedModel(folder: string, tags: string): number;
    runSavedModel(session: number, ids: number[], inputs: string, outputs: string): object[];
  };
  getInputTensorIds(inputs: Tensor[]): number[];
  createOutputTensor(result: object): Tensor;
}

/** The engine reads graphs from a folder only; it is not needed afterwards. */
function load({ binding }: NativeBackend, graph: Graph): number {
  const folder = mkdtempSync(join(tmpdir(), "nearfar-graph-"));
  try {
    writeFileSync(join(folder, "saved_model.pb"), encodeGraph(graph));
    return binding!.loadSavedModel(folder, "serve");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
