import { setTimeout as wait } from "node:timers/promises";
import { Interrupted, json, onInterrupt, positiveInteger, program, progress, type Command } from "@nearfar/command";
import { UserError } from "@nearfar/formats";

const train = program("train", "Trains")
  .argument("<images>")
  .requiredOption("--run <dir>", "the run directory")
  .option("--batch <n>", "pictures a step", (text) => positiveInteger("--batch", text), 128)
  .action((images: string, options: object) => {
    const bar = progress({ total: 2, label: "train" });
    bar.update(2, "loss 4.2");
    bar.stop();
    process.stdout.write(json({ images, ...options }));
  });

const fail = program("fail", "Fails")
  .argument("<how>")
  .action((how: string) => {
    if (how === "user") throw new UserError("images/: no pictures there. Name another folder.");
    if (how === "text") throw "only a text";
    throw new TypeError("a bug");
  });

const flood = program("flood", "Prints without end").action(async () => {
  for (;;) {
    process.stdout.write("x".repeat(65536));
    await wait(0);
  }
});

const sleep = program("sleep", "Waits for an interrupt").action(async () => {
  let stopped = false;
  const dispose = onInterrupt(() => {
    stopped = true;
    process.stdout.write("asked\n");
  });
  process.stdout.write("ready\n");
  while (!stopped) await wait(5);
  dispose();
  throw new Interrupted("saved at step 7; add --resume to go on");
});

const image = program("image", "Pictures").addCommand(train).addCommand(fail).addCommand(flood).addCommand(sleep);

/** A program with a command of each kind. */
export const small: Command = program("small", "A small program", "1.2.3").addCommand(image);
