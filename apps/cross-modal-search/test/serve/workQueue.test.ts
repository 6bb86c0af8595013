import { describe, expect, it } from "vitest";
import { workQueue } from "../../src/serve/workQueue.ts";

/** A task that ends when told to, and says when it began. */
function held(begun: string[], name: string) {
  let end = () => {};
  const done = new Promise<void>((resolve) => (end = resolve));
  const task = async () => {
    begun.push(name);
    await done;
    return name;
  };
  return { task, end: () => end() };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("workQueue", () => {
  it("runs as many as it may at once, the others in their order", async () => {
    const begun: string[] = [];
    const queue = workQueue({ atOnce: 2, most: 10 });
    const tasks = ["a", "b", "c", "d"].map((name) => held(begun, name));
    const all = tasks.map(({ task }) => queue.run(task));
    await settled();
    expect([begun, queue.waiting]).toEqual([["a", "b"], 2]);
    tasks[1]!.end();
    await settled();
    expect(begun).toEqual(["a", "b", "c"]);
    tasks.forEach(({ end }) => end());
    expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
  });

  it("goes on after a task that failed", async () => {
    const queue = workQueue({ most: 1 });
    await expect(queue.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await queue.run(async () => "yes")).toBe("yes");
  });

  it("refuses one too many with 429 and a time to come back", async () => {
    const queue = workQueue({ most: 1 });
    const one = held([], "a");
    const first = queue.run(one.task);
    const second = queue.run(async () => "b");
    await expect(queue.run(async () => "c")).rejects.toMatchObject({
      status: 429,
      headers: { "Retry-After": expect.stringMatching(/^[1-9]\d?$/) },
    });
    one.end();
    expect(await Promise.all([first, second])).toEqual(["a", "b"]);
  });

  it("never begins a task whose signal was aborted, and gives its place to another", async () => {
    const begun: string[] = [];
    const queue = workQueue({ most: 1 });
    const one = held(begun, "a");
    const first = queue.run(one.task);
    const leaving = new AbortController();
    const second = queue.run(held(begun, "b").task, leaving.signal);
    leaving.abort();
    await expect(second).rejects.toMatchObject({ status: 499 });
    const third = queue.run(async () => "c");
    await expect(queue.run(async () => "d", AbortSignal.abort())).rejects.toMatchObject({ status: 499 });
    one.end();
    expect([await first, await third, begun]).toEqual(["a", "c", ["a"]]);
  });
});
