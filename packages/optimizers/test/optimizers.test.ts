import { adagrad, adamW, lars, sgd, type Optimizer } from "@nearfar/optimizers";
import { isTrainable, leaves, loadEngine, tf, type Params } from "@nearfar/tensor";
import { relativeError } from "@nearfar/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { firstParams, golden, gradientsAt } from "./golden.ts";

const optimizers: Record<string, Optimizer> = {
  sgd: sgd(),
  "sgd plain": sgd({ momentum: 0 }),
  "sgd decay": sgd({ weightDecay: 0.05 }),
  "sgd decay matrices": sgd({ weightDecay: 0.05, decay: "matrices" }),
  "sgd nesterov": sgd({ momentum: 0.8, weightDecay: 0.05, nesterov: true }),
  adamw: adamW(),
  "adamw options": adamW({ beta1: 0.8, beta2: 0.98, epsilon: 1e-3, weightDecay: 0.1 }),
  "adamw decay matrices": adamW({ weightDecay: 0.1, decay: "matrices" }),
  adagrad: adagrad(),
  "adagrad options": adagrad({ epsilon: 1e-2 }),
  lars: lars(),
  "lars options": lars({ momentum: 0.8, weightDecay: 0.05, trust: 0.02, epsilon: 1e-3 }),
  "lars decay all": lars({ weightDecay: 0.05, decay: "all" }),
  "lars plain": lars({ momentum: 0, weightDecay: 0.05 }),
};

beforeAll(() => void loadEngine());

describe.each(Object.entries(golden.cases))("%s", (name, { rates, steps }) => {
  const optimizer = optimizers[name]!;

  it("takes the reference's five steps", () => {
    tf.tidy(() => {
      let params = firstParams();
      let slots = optimizer.init(params);
      steps.forEach((expected, i) => {
        ({ params, slots } = optimizer.update(gradientsAt(i + 1), params, slots, tf.scalar(rates[i]!)));
        const at = leaves(params);
        for (const [path, values] of Object.entries(expected))
          expect(relativeError(at.get(path)!.dataSync(), values), `${path}, step ${i + 1}`).toBeLessThan(1e-5);
      });
    });
  });

  it("changes no weight at rate 0", () => {
    tf.tidy(() => {
      const params = firstParams();
      const { params: after } = optimizer.update(gradientsAt(1), params, optimizer.init(params), tf.scalar(0));
      for (const [path, leaf] of leaves(params))
        expect(Array.from(leaves(after).get(path)!.dataSync()), path).toEqual(Array.from(leaf.dataSync()));
    });
  });

  it("passes on the same tensors where there is no gradient, and makes new ones elsewhere", () => {
    tf.tidy(() => {
      const params = firstParams();
      const slots = optimizer.init(params);
      const gradients = gradientsAt(1);
      gradients.delete("layer.bias");
      const after = optimizer.update(gradients, params, slots, tf.scalar(0.1));
      const [old, now] = [leaves(params), leaves(after.params)];
      expect([...now.keys()]).toEqual([...old.keys()]);
      for (const [path, leaf] of old) expect(now.get(path) === leaf, path).toBe(!gradients.has(path));
      const memory = leaves(after.slots);
      for (const [path, slot] of leaves(slots))
        expect(memory.get(path) === slot, path).toBe(path.endsWith("layer.bias"));
    });
  });

  it("remembers one tensor of its shape per trainable leaf and kind", () => {
    tf.tidy(() => {
      const params = firstParams();
      const shapes = [...leaves(params)]
        .filter(([path]) => isTrainable(path))
        .map(([path, leaf]) => [path, leaf.shape]);
      const slots = optimizer.init(params);
      const kinds = Object.entries(slots).filter(([kind]) => kind !== "step");
      for (const [kind, tree] of kinds) {
        const kept = [...leaves(tree as Params)].map(([path, leaf]) => [path, leaf.shape]);
        expect(kept, kind).toEqual(shapes);
      }
      expect(Object.keys(slots)).toEqual(expectedSlots(name));
    });
  });

  it("leaves nothing behind but the new weights and slots", () => {
    const params = firstParams();
    const slots = optimizer.init(params);
    const gradients = gradientsAt(1);
    const rate = tf.scalar(0.1);
    const before = tf.memory().numTensors;
    const after = optimizer.update(gradients, params, slots, rate);
    expect(tf.memory().numTensors - before).toBe(gradients.size + leaves(after.slots).size);
    const all = [params, slots, after.params, after.slots].flatMap((tree) => [...leaves(tree).values()]);
    tf.dispose([...new Set([...all, ...gradients.values(), rate])]);
  });

  it("names a slot that another net left, where it has any", () => {
    tf.tidy(() => {
      const params = firstParams();
      const slots = optimizer.init({ other: params });
      const update = () => optimizer.update(gradientsAt(1), params, slots, tf.scalar(0.1));
      if (name.endsWith("plain")) expect(update).not.toThrow();
      else expect(update).toThrow(/got \[no slot\]\. Are they of another net/);
    });
  });

  it("names a gradient that fits no leaf", () => {
    tf.tidy(() => {
      const params = firstParams();
      const update = (path: string, shape: number[]) => () =>
        optimizer.update(new Map([[path, tf.zeros(shape)]]), params, optimizer.init(params), tf.scalar(0.1));
      expect(update("layer.wait", [3, 4])).toThrow(/"layer\.wait" has a gradient but is no trainable leaf/);
      expect(update("layer.running_mean", [4])).toThrow(/"layer\.running_mean" has a gradient but/);
      expect(update("layer.weight", [4, 3])).toThrow(/slots of "layer\.weight" have its shape \[3,4\]; got \[4,3\]/);
    });
  });
});

function expectedSlots(name: string): string[] {
  if (name.startsWith("adamw")) return ["step", "mean", "square"];
  if (name.startsWith("adagrad")) return ["sum"];
  return name.endsWith("plain") ? [] : ["velocity"];
}

describe("adamW", () => {
  it("stays exact at its first step: 1 - 0.999 keeps its digits", () => {
    tf.tidy(() => {
      // Closed form: at t = 1 without decay the step is rate · g / (|g| + epsilon), here 0.1 · 1e-4 / (1e-4 + 1e-8).
      const params = { w: tf.tensor1d([0]) };
      const optimizer = adamW({ weightDecay: 0 });
      const gradients = new Map([["w", tf.tensor1d([1e-4])]]);
      const { params: after } = optimizer.update(gradients, params, optimizer.init(params), tf.scalar(0.1));
      expect((after.w as tf.Tensor).dataSync()[0]! / (-0.1 / (1 + 1e-4)) - 1).toBeCloseTo(0, 6);
    });
  });
});
