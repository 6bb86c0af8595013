/** What the page tells the map. */
export type ToMap =
  | { readonly kind: "look"; readonly ground: string; readonly quiet: string; readonly accent: string }
  | { readonly kind: "found"; readonly ids: readonly number[] }
  | { readonly kind: "whole" };

/** What the map tells the page; places are in pixels of the map's own document. */
export type FromMap =
  | { readonly kind: "ready"; readonly pictures: number }
  | { readonly kind: "missing"; readonly why: string }
  | { readonly kind: "over"; readonly id: number; readonly left: number; readonly top: number }
  | { readonly kind: "out" }
  /** Pictures that have room to be shown where they lie. */
  | { readonly kind: "spots"; readonly spots: readonly Spot[] }
  | { readonly kind: "chosen"; readonly id: number };

export interface Spot {
  readonly id: number;
  readonly left: number;
  readonly top: number;
  readonly found: boolean;
}
