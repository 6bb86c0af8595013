import type { tf } from "@nearfar/tensor";

/** Throws RangeError unless a temperature is a number above 1e-8 (lightly's bound) or a scalar tensor, whose value a step cannot read. */
export function requireTemperature(name: string, temperature: number | tf.Scalar): void {
  if (typeof temperature !== "number") {
    if (temperature.rank !== 0)
      throw new RangeError(`${name}: temperature is one number; got a tensor [${temperature.shape}].`);
  } else if (!(temperature > 1e-8 && temperature < Infinity)) {
    throw new RangeError(`${name}: temperature is above 1e-8 and finite; got ${temperature}. Usual are 0.05 to 1.`);
  }
}
