/** The loss is not a number any more, or cannot be in the next step: what was found, and from where the run can go on. */
export class NonFiniteLoss extends Error {
  override readonly name = "NonFiniteLoss";
  constructor(found: string, checkpoint: string) {
    super(
      `${found}; training stopped. Last good checkpoint: ${checkpoint}. Lower the learning rate, or raise the temperature.`,
    );
  }
}
