import { join } from "node:path";
import { loadEngine, tf } from "@nearfar/tensor";
import { runDigest, temporaryFolder } from "@nearfar/testing";
import { Interrupted } from "@nearfar/trainer";
import { beforeAll, describe, expect, it } from "vitest";
import { checkpointsOf } from "./checkpointsOf.ts";
import { batches, trainIn } from "./fixture.ts";

beforeAll(() => void loadEngine());

type Options = Parameters<typeof trainIn>[1];
const logged: Options = {
  logEvery: 3,
  observe: ({ loss, embeddings }) => ({ twice: 2 * loss, length: tf.norm(embeddings).dataSync()[0]! }),
};

let once: ReturnType<typeof runDigest> | undefined;
/** The files of 12 steps without a stop. */
async function whole(): Promise<ReturnType<typeof runDigest>> {
  if (once) return once;
  const dir = join(temporaryFolder(), "run");
  await trainIn(dir, logged);
  return (once = runDigest(dir));
}

describe("n steps, a resume and n steps are 2n steps, bit for bit", () => {
  it("as the run itself is when it is run again", async () => {
    const dir = join(temporaryFolder(), "run");
    await trainIn(dir, logged);
    expect(runDigest(dir)).toEqual(await whole());
    expect(
      runDigest(dir)
        .log.trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { step: number }).step),
    ).toEqual([3, 6, 9, 12]);
  });

  // logEvery is 3: a stop at 6 is on a logged step, one at 5 or 7 between two, one at 1 before the first
  it.each([6, 5, 7, 1, 11])("after a pause at step %i", async (pauseAt) => {
    const dir = join(temporaryFolder(), "run");
    await expect(trainIn(dir, { ...logged, pauseAt })).rejects.toThrow(Interrupted);
    expect(checkpointsOf(dir).at(-1)).toContain(String(pauseAt).padStart(8, "0"));
    await trainIn(dir, { ...logged, resume: true });
    expect(runDigest(dir)).toEqual(await whole());
  });

  it("after an interrupt at step 4 and a pause at step 8", async () => {
    const dir = join(temporaryFolder(), "run");
    let asked = 0;
    await expect(trainIn(dir, { ...logged, interrupted: () => ++asked === 4 })).rejects.toThrow(
      "after step 4 of 12; saved",
    );
    await expect(trainIn(dir, { ...logged, resume: true, pauseAt: 8 })).rejects.toThrow("after step 8 of 12; saved");
    await trainIn(dir, { ...logged, resume: true });
    expect(runDigest(dir)).toEqual(await whole());
  });

  it("after a crash that left lines in the log beyond the last checkpoint", async () => {
    const dir = join(temporaryFolder(), "run");
    await expect(trainIn(dir, { ...logged, pauseAt: 4 })).rejects.toThrow(Interrupted);
    const progress = ({ step }: { step: number }) => {
      if (step === 10) throw new Error("the power went");
    };
    await expect(trainIn(dir, { ...logged, resume: true, progress })).rejects.toThrow("the power went");
    expect(runDigest(dir).name).toContain("00000004");
    expect(runDigest(dir).log).toContain('"step":9');
    await trainIn(dir, { ...logged, resume: true });
    expect(runDigest(dir)).toEqual(await whole());
  });

  it("whatever the times at which checkpoints are written", async () => {
    const dir = join(temporaryFolder(), "run");
    await trainIn(dir, { ...logged, checkpointEvery: 0 });
    expect(checkpointsOf(dir).length).toBe(2); // this one and the newest before it
    expect(runDigest(dir)).toEqual(await whole());
  });

  it("and other batches do not give the same bytes", async () => {
    const dir = join(temporaryFolder(), "run");
    await trainIn(dir, { ...logged, batches: (first) => batches()(first + 1) });
    expect(runDigest(dir).sha256).not.toBe((await whole()).sha256);
  });
});

describe("a run that is at its end", () => {
  it("is returned at once, with its report and files as they were", async () => {
    const dir = join(temporaryFolder(), "run");
    const first = await trainIn(dir, logged);
    const before = runDigest(dir);
    const refuse = () => {
      throw new Error("a finished run asks for no batch");
    };
    const again = await trainIn(dir, { ...logged, resume: true, batches: refuse });
    expect(again).toMatchObject({ steps: 12, taken: 0, loss: first.loss });
    expect(runDigest(dir)).toEqual(before);
  });
});
