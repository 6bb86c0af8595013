import { join } from "node:path";
import type { Method } from "@nearfar/methods";
import { sgd } from "@nearfar/optimizers";
import { key, normals } from "@nearfar/random";
import { createRun, openRun } from "@nearfar/runs";
import { isTrainable, leaves, loadEngine, mapLeaves, seedOf, statistics, tf, valueAndGradients } from "@nearfar/tensor";
import type { Params, Tensor } from "@nearfar/tensor";
import { relativeError, runDigest, temporaryFolder, tensorCount } from "@nearfar/testing";
import { Interrupted, train, trainStep, type TrainingState } from "@nearfar/trainer";
import { beforeAll, describe, expect, it } from "vitest";

/** Batches to try a method on: a whole one, and the same one cut into micro-batches in order. Each call makes new tensors. */
export interface MethodBatches<Batch> {
  batch(): Batch;
  parts(): Batch[];
}

/** What every method does, whatever its paper. Its embeddings are one tensor or a tree of tensors, an example a row. */
export function methodContract<Batch, Embeddings extends Tensor | Params>(
  name: string,
  make: () => Method<Batch, Embeddings>,
  { batch, parts }: MethodBatches<Batch>,
): void {
  const evaluation = { training: false } as const;
  const valuesOf = (tree: Params) =>
    [...leaves(tree)].map(([path, leaf]) => [path, Array.from(leaf.dataSync())] as const);
  const setUp = () => ({ method: make() as unknown as Method<Batch>, optimizer: sgd() });

  describe(`${name} keeps the contract of a method`, () => {
    beforeAll(() => void loadEngine());

    it("has the shape of a Method", () => {
      const method = make();
      expect(method.name).toMatch(/^[a-z][a-z0-9-]*$/);
      for (const part of ["init", "embed", "objective", "watched", "chance"] as const)
        expect(method[part], part).toBeTypeOf("function");
      expect(["function", "undefined"]).toContain(typeof method.afterStep);
    });

    it("has the same first weights and state for the same key, others for another, all of them tensors", () => {
      tf.tidy(() => {
        const first = make().init(key(1));
        expect(Object.keys(first).sort()).toEqual(["params", "state"]);
        const values = [valuesOf(first.params), valuesOf(first.state)];
        const again = make().init(key(1));
        expect([valuesOf(again.params), valuesOf(again.state)]).toEqual(values);
        expect(valuesOf(make().init(key(2)).params)).not.toEqual(values[0]);
        expect(values[0]!.length).toBeGreaterThan(0);
      });
    });

    it("embeds micro-batches as it embeds the whole, in evaluation", () => {
      tf.tidy(() => {
        const method = make();
        const { params, state } = method.init(key(1));
        const whole = tensorsOf(method.embed(params, state, batch(), evaluation));
        const cut = parts().map((part) => tensorsOf(method.embed(params, state, part, evaluation)));
        expect(cut.length).toBeGreaterThan(1);
        for (const [path, tensor] of whole) {
          const joined = tf.concat(
            cut.map((part) => part.get(path)!),
            0,
          );
          expect(joined.shape, path).toEqual(tensor.shape);
          // 1e-5: the order of float32 sums depends on the batch
          expect(relativeError(joined.dataSync(), tensor.dataSync()), path).toBeLessThan(1e-5);
        }
      });
    });

    it("has a finite objective, near chance for embeddings that know nothing", () => {
      tf.tidy(() => {
        const method = make();
        const { params, state } = method.init(key(1));
        const z = method.embed(params, state, batch(), evaluation);
        expect(method.watched(z).rank).toBe(2);
        const random = noiseLike(z);
        const { loss, log, state: next } = method.objective(params, state, random);
        expect(loss.shape).toEqual([]);
        const value = loss.dataSync()[0]!;
        expect(Number.isFinite(value)).toBe(true);
        for (const [what, scalar] of Object.entries(log))
          expect(Number.isFinite(scalar.dataSync()[0]!), what).toBe(true);
        expect([...leaves(next).keys()]).toEqual([...leaves(state).keys()]);
        const chance = method.chance(random);
        // Random directions in d dimensions are not quite orthogonal: at temperature 0.5 and d 64 their loss is some 0.05 above.
        if (chance !== undefined) expect(Math.abs(value - chance) / chance).toBeLessThan(0.2);
      });
    });

    it("sends a gradient to every trainable leaf", () => {
      tf.tidy(() => {
        const method = make();
        const { params, state } = method.init(key(1));
        const mode = { training: true, seed: seedOf(key(2)), statistics: statistics() } as const;
        const loss = () => method.objective(params, state, method.embed(params, state, batch(), mode)).loss;
        const { gradients } = valueAndGradients(loss, params);
        expect([...gradients.keys()].sort()).toEqual([...leaves(params).keys()].filter(isTrainable).sort());
        for (const [path, gradient] of gradients) {
          const largest = tf.max(tf.abs(gradient)).dataSync()[0]!;
          expect(largest, path).toBeGreaterThan(0);
          expect(largest, path).toBeLessThan(Infinity);
        }
        tf.dispose([...mode.statistics.entries().values()]);
      });
    });

    it("steps without a side effect, and its trees stay the same trees", () => {
      const { method, optimizer } = setUp();
      const { params, state } = method.init(key(1));
      const current = { params, state, slots: optimizer.init(params) };
      const before = valuesOf({ ...current });
      const examples = batch();
      const options = { rate: 0.06, key: key(3) };
      const [one, two] = [0, 1].map(() => trainStep({ method, optimizer }, current, examples, options));
      expect(valuesOf({ ...current })).toEqual(before);
      expect(valuesOf({ ...one!.next })).toEqual(valuesOf({ ...two!.next }));
      const shapes = (tree: Params) => [...leaves(tree)].map(([path, { shape, dtype }]) => ({ path, shape, dtype }));
      expect(shapes({ ...one!.next })).toEqual(shapes({ ...current }));
      expect(valuesOf(one!.next.params)).not.toEqual(valuesOf(params));
      tf.dispose([current, one, two, examples] as never);
    });

    it("holds as many tensors after each of 20 steps", () => {
      const parts = setUp();
      const { params, state } = parts.method.init(key(1));
      let current: TrainingState = { params, state, slots: parts.optimizer.init(params) };
      const examples = batch();
      const counts = Array.from({ length: 20 }, (_, step) => {
        const { next, watched } = trainStep(parts, current, examples, { rate: 0.06, key: key(step) });
        const kept = new Set(leaves({ ...next }).values());
        for (const leaf of leaves({ ...current }).values()) if (!kept.has(leaf)) leaf.dispose();
        watched.dispose();
        current = next;
        return tensorCount();
      });
      expect(new Set(counts).size).toBe(1);
      tf.dispose([current, examples] as never);
    });

    it("resumes exactly: 2 steps, a stop and 2 steps are 4 steps, bit for bit", async () => {
      const folders = [join(temporaryFolder(), "once"), join(temporaryFolder(), "twice")] as const;
      await trainIn(folders[0]);
      await expect(trainIn(folders[1], { pauseAt: 2 })).rejects.toThrow(Interrupted);
      await trainIn(folders[1], { resume: true });
      expect(runDigest(folders[1])).toEqual(runDigest(folders[0]));
    });

    async function trainIn(dir: string, { resume = false, pauseAt = Infinity } = {}): Promise<void> {
      const configuration = { method: name, encoder: "any", seed: 0, batch: 1 };
      const run = resume ? await openRun(dir) : await createRun(dir, configuration);
      try {
        const batches = async function* () {
          for (;;) yield batch();
        };
        const options = { length: { steps: 4 }, schedule: () => () => 0.06, batches, pauseAt, logEvery: 1 };
        const { trained } = await train(key(0), setUp(), run, options);
        tf.dispose(trained as never);
      } finally {
        await run.close();
      }
    }
  });
}

/** Embeddings by path; one tensor has the path "". */
function tensorsOf(z: Tensor | Params): Map<string, Tensor> {
  return z instanceof tf.Tensor ? new Map([["", z]]) : leaves(z);
}

function noiseLike<Embeddings extends Tensor | Params>(z: Embeddings): Embeddings {
  const noise = ({ shape, size }: Tensor, path: string) =>
    tf.tensor(normals(key(5).fold(path), size), shape as number[]);
  return (z instanceof tf.Tensor ? noise(z, "z") : mapLeaves(z as Params, noise)) as Embeddings;
}
