/** Prints a line of JSON for the program that asked. */
export function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
