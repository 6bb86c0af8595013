import { appendFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRun, runLog, type OpenRun } from "@nearfar/runs";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { configuration } from "./configuration.ts";
import { newFolder } from "./newFolder.ts";

let run: OpenRun;
let path: string;

beforeEach(async () => {
  run = await createRun(newFolder(), configuration);
  path = join(run.dir, "log.jsonl");
});

const text = () => readFileSync(path, "utf8");

/** Logs the steps after `from` up to `to`, as a run does. */
async function train(from: number, to: number): Promise<void> {
  const log = await runLog(run, { from });
  for (let step = from + 1; step <= to; step++) await log.write(step, { loss: 1 / step, note: `é${step}` });
  await log.sync();
  await log.close();
}

describe("runLog", () => {
  it("writes a line a step, the step first, and the same numbers for TensorBoard", async () => {
    const log = await runLog(run);
    await log.write(1, { "train/loss": 5.5, phase: "warm-up" });
    await log.write(2, { "train/loss": NaN, rate: -Infinity });
    await log.close();
    expect(text()).toBe(
      '{"step":1,"train/loss":5.5,"phase":"warm-up"}\n{"step":2,"train/loss":"NaN","rate":"-Infinity"}\n',
    );
    const events = readdirSync(run.dir).filter((name) => name.startsWith("events.out.tfevents."));
    expect(events).toHaveLength(1);
    const bytes = readFileSync(join(run.dir, events[0]!));
    expect(bytes.includes("train/loss")).toBe(true);
    expect(bytes.includes("warm-up")).toBe(false);
  });

  it("gives, resumed from any step, the log of a run that was never stopped", async () => {
    await train(0, 12);
    const whole = text();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 12 }),
        fc.nat({ max: Buffer.byteLength(whole) }),
        async (from, lost) => {
          // A crash: the log reached further than the checkpoint, and ends anywhere after its step's line.
          const kept = Buffer.byteLength(
            whole
              .split("\n")
              .slice(0, from)
              .map((line) => `${line}\n`)
              .join(""),
          );
          writeFileSync(path, Buffer.from(whole).subarray(0, Math.max(kept, lost)));
          await train(from, 12);
          expect(text()).toBe(whole);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("drops all lines when a run starts anew", async () => {
    await train(0, 3);
    await train(0, 1);
    expect(text()).toBe('{"step":1,"loss":1,"note":"é1"}\n');
  });

  it("names a line that is damaged", async () => {
    await train(0, 2);
    appendFileSync(path, '{"step":3,\n{"step":4}\n');
    await expect(runLog(run, { from: 4 })).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(`${path}:3: not a line of JSON`) as string,
    });
  });
});
