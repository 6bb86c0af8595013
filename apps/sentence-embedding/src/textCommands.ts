import { program, type Command } from "@nearfar/command";
import { clusterCommand } from "./clusterCommand.ts";
import { duplicatesCommand } from "./duplicatesCommand.ts";
import { embedCommand } from "./embedCommand.ts";
import { evaluateCommand } from "./evaluateCommand.ts";
import { mineCommand } from "./mineCommand.ts";
import { previewCommand } from "./previewCommand.ts";
import { searchCommand } from "./searchCommand.ts";
import { similarCommand } from "./similarCommand.ts";
import { trainCommand } from "./trainCommand.ts";

/** `nearfar text ...`: train, embed, evaluate, search, similar, cluster, duplicates, mine, preview. */
export function textCommands(): Command {
  const text = program("text", "Train, evaluate, mine and search sentence embeddings");
  const commands = [
    trainCommand(),
    embedCommand(),
    evaluateCommand(),
    searchCommand(),
    similarCommand(),
    clusterCommand(),
    duplicatesCommand(),
    mineCommand(),
    previewCommand(),
  ];
  for (const command of commands) text.addCommand(command);
  return text;
}
