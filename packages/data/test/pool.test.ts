import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { pool } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import { afterEach, describe, expect, it } from "vitest";

const module = new URL("./tasks/tasks.ts", import.meta.url);

const opened: { close(): Promise<void> }[] = [];
function open<Input, Output>(name: string, workers: number, options: unknown = {}) {
  const made = pool<Input, Output>({ module, name, options, workers });
  opened.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((made) => made.close()));
});

describe.each([0, 1, 2])("pool with %i workers", (workers) => {
  it("runs the task with its options", async () => {
    const doubler = open<number, number>("double", workers, { offset: 1 });
    expect(await Promise.all([1, 2, 3, 4, 5].map((input) => doubler.run(input)))).toEqual([3, 5, 7, 9, 11]);
    expect(doubler.workers).toBe(workers);
  });

  it("takes the module as an absolute path too", async () => {
    const doubler = pool<number, number>({ module: module.pathname, name: "double", options: { offset: 0 }, workers });
    opened.push(doubler);
    expect(await doubler.run(4)).toBe(8);
  });

  it("gives typed arrays as they were made", async () => {
    const { views } = await open<number, { views: [Uint8Array, Float32Array] }>("filled", workers).run(5);
    expect(views).toEqual([new Uint8Array(5).fill(7), new Float32Array(5).fill(0.5)]);
  });

  it("shares a SharedArrayBuffer in the options", async () => {
    const buffer = new SharedArrayBuffer(4);
    expect(await open<number, number>("writes", workers, { buffer }).run(9)).toBe(4);
    expect([...new Uint8Array(buffer)]).toEqual([9, 9, 9, 9]);
  });

  it("rejects a run whose task throws, with class, message and stack, and goes on", async () => {
    const runner = open<string, string>("failing", workers);
    const user = await runner.run("user").catch((error: unknown) => error);
    expect(user).toBeInstanceOf(UserError);
    expect((user as Error).message).toBe("cats: no such folder");
    expect((user as Error).stack).toContain("tasks.ts");
    await expect(runner.run("range")).rejects.toMatchObject({ name: "RangeError", message: "picture 7 is not there" });
    await expect(runner.run("text")).rejects.toSatisfy((error) => String(error).includes("a plain string"));
    expect(await runner.run("fine")).toBe("fine");
  });

  it.each([
    ["nothing", 'exports no function "nothing"'],
    ["notAFunction", 'exports no function "notAFunction"'],
    ["broken", "the factory is broken"],
  ])("rejects every run of the export %s", async (name, message) => {
    const runner = open(name, workers);
    await expect(runner.run(1)).rejects.toThrow(message);
    await expect(runner.run(2)).rejects.toThrow(message);
  });

  it("rejects what is under way when it is closed, and may be closed again", async () => {
    const runner = open<string, string>("failing", workers);
    await runner.run("warm");
    const underWay = expect(runner.run(workers === 0 ? "short" : "never")).rejects.toThrow("closed");
    await Promise.all([runner.close(), runner.close()]);
    await underWay;
    await expect(runner.run("late")).rejects.toThrow("closed");
    await runner.close();
  });
});

describe("pool", () => {
  it("refuses a number of workers that is none", () => {
    for (const workers of [-1, 1.5, NaN]) expect(() => open("double", workers)).toThrow(RangeError);
  });

  it("moves the output's memory instead of copying it: an output that cannot be cloned is an error of its run alone", async () => {
    const runner = open<string, string>("failing", 1);
    await expect(runner.run("uncloneable")).rejects.toThrow("could not be cloned");
    expect(await runner.run("fine")).toBe("fine");
    await expect(open<unknown, number>("double", 1).run(() => 0)).rejects.toThrow("could not be cloned");
  });

  it.each([
    ["exit", "exit code 3"],
    ["die", "out of a timer"],
  ])("is broken when a worker dies (%s): runs under way and later ones are rejected", async (how, message) => {
    const runner = open<string, string>("failing", 2);
    const other = runner.run("never");
    const checked = expect(other).rejects.toThrow(message);
    await expect(runner.run(how)).rejects.toThrow(message);
    await checked;
    await expect(runner.run("fine")).rejects.toThrow(message);
  });

  it("loads no tensor engine in a worker", async () => {
    const loaded = await open<null, string[]>("loadedModules", 1).run(null);
    // sharp is imported by the task: proof that the list shows what was loaded.
    expect(loaded.some((path) => path.includes("/node_modules/sharp/"))).toBe(true);
    expect(loaded.filter((path) => path.includes("@tensorflow"))).toEqual([]);
  });

  it("does not keep a process alive when it is idle, nor lose a run in a program that awaits nothing else", () => {
    const program = `
      import { pool } from "@nearfar/data";
      const doubler = pool({ module: ${JSON.stringify(module.href)}, name: "double", options: { offset: 0 }, workers: 2 });
      doubler.run(21).then((output) => process.stdout.write(String(output)));`;
    const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
    const options = ["--conditions=nearfar-source", "--import", loader, "--input-type=module", "--eval", program];
    const cwd = new URL(".", import.meta.url);
    expect(execFileSync(process.execPath, options, { cwd, encoding: "utf8", timeout: 30_000 })).toBe("42");
  });
});
