import { CommanderError, type Command } from "commander";

/**
 * Runs a program on its arguments (without Node and script) and returns the exit code; errors are told on stderr, in a line.
 *
 * 0 done, or help was asked for; 2 a mistake of the user's (`UserError`, a flag or a command that is wrong or missing);
 * 130 `Interrupted`; 1 any other error, its stack only with NEARFAR_DEBUG=1. Use: `process.exitCode = await runProgram(...)`.
 */
export async function runProgram(program: Command, argv: readonly string[]): Promise<number> {
  takeExits(program);
  process.stdout.on("error", quietPipe);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return 0;
  } catch (error) {
    const { code, text } = verdict(error);
    if (text !== "") process.stderr.write(`${text}\n`);
    return code;
  } finally {
    process.stdout.off("error", quietPipe);
  }
}

/** Commander ends the process and prints by itself, in two lines; commands that were made elsewhere do not inherit this. */
function takeExits(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => {} });
  for (const child of command.commands) takeExits(child);
}

function verdict(error: unknown): { code: number; text: string } {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return { code: 0, text: "" }; // --help and --version have printed
    return { code: 2, text: error.code === "commander.help" ? "" : oneLine(error.message) };
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  // By name and not by class: a program may hold two copies of a package.
  if (name === "UserError") return { code: 2, text: message };
  if (name === "Interrupted") return { code: 130, text: message };
  if (process.env.NEARFAR_DEBUG === "1") return { code: 1, text: stack ?? message };
  return { code: 1, text: `${message}\nRun again with NEARFAR_DEBUG=1 for the stack.` };
}

/** `error: unknown option '--bacth'\n(Did you mean --batch?)` in one line. */
function oneLine(message: string): string {
  return message.replace(/^error: /, "").replace(/\n\((Did you mean .*)\)$/, ". $1");
}

/** `nearfar ... | head` closes stdout early: nobody is left to be told. */
function quietPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
}
