import type { IconItem, PairSet } from "@nearfar/data";

const colours = { red: [220, 30, 30], green: [30, 160, 40], blue: [30, 60, 220], yellow: [230, 210, 40] } as const;
const SIDE = 48;

/** Bars of four colours at sixteen heights, with four tags each: 64 concepts of four families. */
export function drawnIcons(): PairSet<IconItem> {
  const length = SIDE * SIDE * 3;
  const all = Object.entries(colours).flatMap(([name, rgb]) =>
    Array.from({ length: 16 }, (_, y) => ({ name, rgb, y })),
  );
  const buffer = new SharedArrayBuffer(all.length * length);
  for (const [i, { rgb, y }] of all.entries()) {
    const picture = new Uint8Array(buffer, i * length, length).fill(255);
    for (let at = 3 * y * SIDE * 3; at < 3 * (y + 1) * SIDE * 3; at += 3) picture.set(rgb, at);
  }
  const sides = new Uint32Array(all.length).fill(SIDE);
  return {
    name: "drawn",
    description: "drawn",
    items: all.map(({ name, y }) => ({
      path: `drawn/${name}-${y}`,
      captions: [`${name} bar ${y}`, `${name} line`, `line at ${y}`, `height ${y}`],
      concept: `${name}-${y}`,
      family: name,
    })),
    source: {
      kind: "pixels",
      buffer,
      offsets: Float64Array.from({ length: all.length + 1 }, (_, i) => i * length),
      widths: sides,
      heights: sides,
    },
    files: [],
    damaged: {},
  };
}
