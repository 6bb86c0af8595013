import { pool, prefetch, type Pool } from "@nearfar/data";
import { describe, expect, it } from "vitest";

const module = new URL("./tasks/tasks.ts", import.meta.url);

/** A pool in this thread that counts. */
function counting(fails = -1) {
  const counts = { started: 0, underWay: 0, most: 0 };
  const counted: Pool<number, number> = {
    workers: 0,
    async run(input) {
      counts.started++;
      counts.most = Math.max(counts.most, ++counts.underWay);
      await new Promise((resolve) => setTimeout(resolve, input % 3));
      counts.underWay--;
      if (input === fails) throw new Error(`input ${input} fails`);
      return 10 * input;
    },
    close: async () => {},
  };
  return { counts, counted };
}

describe("prefetch", () => {
  it.each([0, 1, 2])("keeps the order of the inputs with %i workers", async (workers) => {
    const runner = pool<number, { input: number }>({ module, name: "slowFirst", options: {}, workers });
    const inputs = [0, 1, 2, 3, 4, 5, 6];
    const outputs: number[] = [];
    for await (const { input } of prefetch(runner, inputs, { ahead: 3 })) outputs.push(input);
    expect(outputs).toEqual(inputs);
    await runner.close();
  });

  it.each([0, 1, 4])("has at most %i runs under way beyond the one awaited, and all inputs done", async (ahead) => {
    const { counts, counted } = counting();
    const outputs: number[] = [];
    for await (const output of prefetch(counted, [1, 2, 3, 4, 5, 6], { ahead })) outputs.push(output);
    expect(outputs).toEqual([10, 20, 30, 40, 50, 60]);
    expect(counts.most).toBe(ahead + 1);
  });

  it("asks a function for steps without end and stops when the reader leaves", async () => {
    const { counts, counted } = counting();
    const outputs: number[] = [];
    for await (const output of prefetch(counted, (step) => step, { ahead: 2 })) {
      outputs.push(output);
      if (outputs.length === 4) break;
    }
    expect(outputs).toEqual([0, 10, 20, 30]);
    expect(counts.started).toBe(6); // 4 read and 2 ahead
  });

  it("throws a failure in its turn, after the outputs before it", async () => {
    const { counted } = counting(3);
    const outputs: number[] = [];
    const reading = async () => {
      for await (const output of prefetch(counted, [1, 2, 3, 4, 5], { ahead: 4 })) outputs.push(output);
    };
    await expect(reading()).rejects.toThrow("input 3 fails");
    expect(outputs).toEqual([10, 20]);
  });

  it("leaves no unhandled failure behind when the reader leaves before it", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listen);
    const { counted } = counting(2);
    for await (const output of prefetch(counted, [1, 2, 3], { ahead: 2 })) if (output === 10) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", listen);
    expect(unhandled).toEqual([]);
  });

  it("closes the sequence of inputs", async () => {
    let closed = false;
    function* inputs() {
      try {
        yield* [1, 2, 3, 4, 5, 6];
      } finally {
        closed = true;
      }
    }
    for await (const output of prefetch(counting().counted, inputs(), { ahead: 1 })) if (output === 20) break;
    expect(closed).toBe(true);
  });

  it("gives nothing for no inputs, and refuses a negative ahead", async () => {
    const { counted } = counting();
    expect((await prefetch(counted, []).next()).done).toBe(true);
    await expect(prefetch(counted, [1], { ahead: -1 }).next()).rejects.toThrow(RangeError);
  });
});
