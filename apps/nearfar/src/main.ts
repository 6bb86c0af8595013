import { program, runProgram } from "@nearfar/command";
import { pairCommands } from "@nearfar/cross-modal-search";
import { imageCommands } from "@nearfar/image-pretraining";
import { textCommands } from "@nearfar/sentence-embedding";
import { doctorCommand } from "./doctorCommand.ts";
import { setupCommand } from "./setupCommand.ts";
import { version } from "./version.ts";

const nearfar = program("nearfar", "Contrastive learning for TypeScript: pull near, push far", version);
for (const command of [imageCommands(), textCommands(), pairCommands(), setupCommand(), doctorCommand()])
  nearfar.addCommand(command);

process.exitCode = await runProgram(nearfar, process.argv.slice(2));
