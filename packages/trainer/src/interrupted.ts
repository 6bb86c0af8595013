/** Training was asked to stop, and has saved: `--resume` goes on from `step`. Without `steps` it was still in the rehearsal, and begins anew. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor(step: number, steps?: number) {
    const where = steps === undefined ? "before the first step" : `after step ${step} of ${steps}; saved`;
    super(`Stopped ${where}. Run the same command with --resume to go on.`);
  }
}
