import { program, type Command } from "@nearfar/command";
import { classifyCommand } from "./classifyCommand.ts";
import { embedCommand } from "./embedCommand.ts";
import { evaluateCommand } from "./evaluateCommand.ts";
import { searchCommand } from "./searchCommand.ts";
import { serveCommand } from "./serve/serveCommand.ts";
import { trainCommand } from "./trainCommand.ts";

/** `nearfar pairs ...`: train, embed, evaluate, classify, search, serve. */
export function pairCommands(): Command {
  const pairs = program("pairs", "Train pictures and words into one space, and search with it");
  const commands: Command[] = [
    trainCommand(),
    evaluateCommand(),
    embedCommand(),
    searchCommand(),
    classifyCommand(),
    serveCommand(),
  ];
  for (const command of commands) pairs.addCommand(command);
  return pairs;
}
