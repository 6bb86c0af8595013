import { program, runProgram } from "@nearfar/command";
import { demo } from "./demo.ts";

const nearfar = program("npm run demo --", "Train SimCLR on emoji and icons, then ask what it learned")
  .option("--seconds <n>", "how long to train", "170")
  .option("--out <dir>", "where the run and the sheet go", "demo")
  .action(({ seconds, out }: { seconds: string; out: string }) => demo(Number(seconds), out));

process.exitCode = await runProgram(nearfar, process.argv.slice(2));
