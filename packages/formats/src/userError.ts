/** A mistake of the user's, told in one line: programs print the message alone and exit with code 2. */
export class UserError extends Error {
  override readonly name = "UserError";
}
