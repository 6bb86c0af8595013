import { UserError } from "@nearfar/formats";

/** Throws UserError unless the threshold that a function was given is a cosine. */
export function checkThreshold(caller: string, threshold: number): void {
  if (!(threshold >= -1 && threshold <= 1))
    throw new UserError(`${caller}: threshold is a cosine, from -1 to 1; got ${threshold}.`);
}
