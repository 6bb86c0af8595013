import { UserError } from "@nearfar/formats";
import type { Length } from "@nearfar/trainer";
import type { ExampleSource } from "./exampleSource.ts";
import type { Settings } from "./settings.ts";

/** A length in steps or seconds. Epochs of streamed examples, whose number nobody knows, are a `UserError`. */
export function stepsOf(length: Settings["length"], { batchesPerEpoch }: ExampleSource): Length {
  if (!("epochs" in length)) return length;
  if (batchesPerEpoch === undefined)
    throw new UserError(
      "The texts are larger than the memory given, and streamed: say --steps or --budget, not epochs.",
    );
  return { steps: length.epochs * batchesPerEpoch };
}
