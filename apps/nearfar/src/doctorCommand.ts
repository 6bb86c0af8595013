import { cpus, totalmem } from "node:os";
import { program, type Command } from "@nearfar/command";
import { loadEngine, tf } from "@nearfar/tensor";
import { cacheFolder } from "@nearfar/tensor/setup";
import { version } from "./version.ts";

/** `nearfar doctor`: what is here, how fast it multiplies, what is missing and the command that repairs it. */
export function doctorCommand(): Command {
  return program("doctor", "Tell what is installed, how fast it is, and how to repair what is missing").action(() => {
    const line = (name: string, value: string) => process.stdout.write(`${name.padEnd(10)}${value}\n`);
    line("node", `${process.version}, ${process.platform}-${process.arch}`);
    line(
      "machine",
      `${cpus().length} threads of ${cpus()[0]?.model.trim() ?? "an unknown processor"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    );
    line("versions", `nearfar ${version}, TensorFlow.js ${tf.version_core}`);
    line("cache", cacheFolder());
    try {
      const { name, version, gpu, threads } = loadEngine();
      line("engine", `${name}: TensorFlow ${version}, ${gpu ? "on a GPU" : `${threads} threads`}`);
      line("speed", `${gigaflops().toFixed(0)} GFLOP/s in a product of 1024 x 1024 matrices`);
    } catch (error) {
      line("engine", `missing. ${(error as Error).message}`);
      line("repair", "nearfar setup");
      process.exitCode = 1;
    }
  });
}

/** The best of ten products of two 1024 x 1024 matrices: 2 · 1024³ operations each. */
function gigaflops(): number {
  return tf.tidy(() => {
    const [a, b] = [tf.ones([1024, 1024]), tf.ones([1024, 1024])];
    const times = Array.from({ length: 10 }, () => {
      const begin = performance.now();
      tf.matMul(a, b).dataSync();
      return performance.now() - begin;
    });
    return (2 * 1024 ** 3) / Math.min(...times) / 1e6;
  });
}
