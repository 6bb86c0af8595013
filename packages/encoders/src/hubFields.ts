import { UserError } from "@nearfar/formats";
import type { Activation } from "./feedForward.ts";

type Json = Readonly<Record<string, unknown>>;

/** How the fields of a Hugging Face `config.json` are read; what they say is checked afterwards, by the sizes' own check. */
export const hubFields = {
  number: (json: Json, name: string, otherwise: number): number => (json[name] ?? otherwise) as number,

  /** A part of a configuration that is an object, or absent. */
  part(json: Json, name: string, file: string): Json {
    const value = json[`${name}_dict`] ?? json[name] ?? {}; // older files have both, and the first counts
    if (typeof value !== "object" || Array.isArray(value)) throw new UserError(`${file}: ${name} is no object`);
    return value as Json;
  },

  /** A side in pixels, stated once or for both axes. */
  side(json: Json, name: string, { otherwise, file }: { otherwise: number; file: string }): number {
    const value = json[name] ?? otherwise;
    if (!Array.isArray(value)) return value as number;
    if (value.length !== 2 || value[0] !== value[1])
      throw new UserError(`${file}: ${name} is ${JSON.stringify(value).slice(0, 100)}; only squares are supported`);
    return value[0] as number;
  },

  activation(json: Json, otherwise: string, file: string): Activation {
    const stated = json.hidden_act ?? otherwise;
    if (typeof stated !== "string" || !Object.hasOwn(activations, stated))
      throw new UserError(
        `${file}: the activation is ${JSON.stringify(stated).slice(0, 100)}; supported are ${Object.keys(activations).join(", ")}`,
      );
    return activations[stated]!;
  },

  /** Runs a check whose RangeErrors are the file's mistakes. */
  checked<T>(check: () => T): T {
    try {
      return check();
    } catch (error) {
      throw error instanceof RangeError ? new UserError(error.message) : error;
    }
  },
} as const;

const activations: Readonly<Record<string, Activation>> = {
  gelu: "gelu",
  gelu_pytorch_tanh: "gelu-tanh",
  quick_gelu: "quick-gelu",
};
