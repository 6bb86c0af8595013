/** The user stopped the program, which saved what it had: the message is printed, the exit code is 130 (128 + SIGINT). */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}
