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

    it("has a finite objective, and exactly chance for embeddings that know nothing", () => {
      tf.tidy(() => {
        const method = make();
        const { params, state } = method.init(key(1));
        const z = method.embed(params, state, batch(), evaluation);
        expect(method.watched(z).rank).toBe(2);
        const { loss, log, state: next } = method.objective(params, state, noiseLike(z));
        expect(loss.shape).toEqual([]);
        expect(Number.isFinite(loss.dataSync()[0]!)).toBe(true);
        for (const [what, scalar] of Object.entries(log))
          expect(Number.isFinite(scalar.dataSync()[0]!), what).toBe(true);
        expect([...leaves(next).keys()]).toEqual([...leaves(state).keys()]);
        // Zeros are as far from one candidate as from any other: the closed form of each loss.
        const nothing = floatsLike(z, ({ shape }) => tf.zeros(shape));
        const chance = method.chance(nothing);
        const value = method.objective(params, state, nothing).loss.dataSync()[0]!;
        if (chance !== undefined) expect(relativeError([value], [chance])).toBeLessThan(1e-5);
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

    it("steps without a side effect but the rows it is given away, and its trees stay the same trees", () => {
      const { method, optimizer } = setUp();
      const { params, state } = method.init(key(1));
      const given = { params, state, slots: optimizer.init(params) };
      const examples = batch();
      const seen = tensorsIn(examples).map((tensor) => Array.from(tensor.dataSync()));
      const options = { rate: 0.06, key: key(3) };
      const [one, two] = [0, 1].map(() => {
        const current = copyOf(given);
        const { next, loss } = trainStep({ method, optimizer }, current, examples, options);
        const after = new Map(valuesOf({ ...next }));
        // Rows of a table that the batch looked up are written in place (`Optimizer`): such a leaf is the next one; no other has changed.
        const before = new Map(valuesOf({ ...given }));
        for (const [path, values] of valuesOf({ ...current }))
          expect([before.get(path), after.get(path)], path).toContainEqual(values);
        return { next, loss, after };
      });
      expect(two!.loss).toBe(one!.loss);
      expect(two!.after).toEqual(one!.after);
      expect(tensorsIn(examples).map((tensor) => Array.from(tensor.dataSync()))).toEqual(seen);
      const shapes = (tree: Params) => [...leaves(tree)].map(([path, { shape, dtype }]) => ({ path, shape, dtype }));
      expect(shapes({ ...one!.next })).toEqual(shapes({ ...given }));
      expect(valuesOf(one!.next.params)).not.toEqual(valuesOf(params));
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

/** The same values in memory of its own. */
function copyOf({ params, state, slots }: TrainingState): TrainingState {
  const copies = (tree: Params) =>
    mapLeaves(tree, (leaf) => tf.tensor(leaf.dataSync().slice(), leaf.shape, leaf.dtype));
  return { params: copies(params), state: copies(state), slots: copies(slots) };
}

function tensorsIn(batch: unknown): Tensor[] {
  return tf.tensor_util.getTensorsInContainer(batch as Parameters<typeof tf.tensor_util.getTensorsInContainer>[0]);
}

/** Embeddings by path; one tensor has the path "". */
function tensorsOf(z: Tensor | Params): Map<string, Tensor> {
  return z instanceof tf.Tensor ? new Map([["", z]]) : leaves(z);
}

function noiseLike<Embeddings extends Tensor | Params>(z: Embeddings): Embeddings {
  return floatsLike(z, ({ shape, size }, path) => tf.tensor(normals(key(5).fold(path), size), shape));
}

/** The same tree with other numbers; whole ones, which are labels, stay as they are. */
function floatsLike<Embeddings extends Tensor | Params>(
  z: Embeddings,
  make: (leaf: Tensor, path: string) => Tensor,
): Embeddings {
  const other = (leaf: Tensor, path: string) => (leaf.dtype === "float32" ? make(leaf, path) : leaf);
  return (z instanceof tf.Tensor ? other(z, "z") : mapLeaves(z as Params, other)) as Embeddings;
}
