/** A picture of the demo, before it is drawn: what it shows, in which style, and its SVG. */
export interface Icon {
  readonly style: "noto" | "fluent" | "lucide";
  /** What it shows, the same in every style: pictures of one concept stay on one side of the split. */
  readonly concept: string;
  /** The number of the emoji's group (smileys, food, ...); undefined for icons. */
  readonly group: number | undefined;
  readonly svg: string;
}
