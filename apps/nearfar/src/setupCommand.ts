import { program, type Command } from "@nearfar/command";
import { setupEngine } from "@nearfar/tensor/setup";

/** `nearfar setup [--gpu]`. */
export function setupCommand(): Command {
  return program("setup", "Set up the native engine in this folder's node_modules")
    .option("--gpu", "the engine for NVIDIA GPUs (untested)")
    .action(async ({ gpu = false }: { gpu?: boolean }) => {
      const { changed } = await setupEngine({
        root: process.cwd(),
        gpu,
        log: (line) => process.stderr.write(`${line}\n`),
      });
      process.stdout.write(changed ? "The native engine is ready.\n" : "The native engine was ready already.\n");
    });
}
