// What the tests start as a process of its own.
import { runProgram } from "@nearfar/command";
import { small } from "./small.ts";

process.exitCode = await runProgram(small, process.argv.slice(2));
