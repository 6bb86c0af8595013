// `nearfar pairs serve` with the stub in the model's place, as a process of its own.
import { runProgram } from "@nearfar/command";
import { serveCommand } from "../../src/serve/serveCommand.ts";
import { stubTowers } from "./stubTowers.ts";

const slow = () => new Promise((resolve) => setTimeout(resolve, 300)); // long enough for a signal to come during it
process.exitCode = await runProgram(
  serveCommand(async () => stubTowers(slow)),
  process.argv.slice(2),
);
