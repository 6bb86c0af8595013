import { Command } from "commander";

export type { Command };

/**
 * A program or one of its commands, to be given flags, an action and commands of its own (`addCommand`).
 *
 * `version`, of the program only, is what `--version` prints.
 */
export function program(name: string, description: string, version?: string): Command {
  const command = new Command(name).description(description);
  return version === undefined ? command : command.version(version);
}
