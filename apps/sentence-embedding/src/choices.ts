/** What a flag may name, by what is named. */
export const choices = {
  /** `parts`, `simcse`, `declutr` learn from texts alone; `pairs`, `cosent` and `labels` from columns; `distil` from another model. */
  method: ["parts", "simcse", "declutr", "pairs", "cosent", "labels", "distil"],
  whiten: ["none", "half", "whole"],
  mix: ["none", "proportional", "round-robin"],
  optimizer: ["adagrad", "adamw"],
} as const;
