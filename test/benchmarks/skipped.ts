/** A measurement that cannot be made here; the message says what it needs. */
export class Skipped extends Error {
  override readonly name = "Skipped";
}
