import type { Fault } from "./pictureDamage.ts";

/** What is wrong with a sample's captions, of which `written` of those `given` have a text; undefined for nothing. */
export function captionDamage(given: number, written: number): Fault | undefined {
  if (given === 0) return { kind: "no caption", reason: "it has a picture and no caption. Write one." };
  if (written === given) return undefined;
  return {
    kind: "caption empty",
    reason: `${given - written} of its ${given} captions have no text. Write or remove them.`,
  };
}
