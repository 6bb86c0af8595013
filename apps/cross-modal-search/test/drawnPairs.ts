import type { PairItem, PairSet } from "@nearfar/data";
import { integer, key } from "@nearfar/random";

const colours = { red: [220, 30, 30], green: [30, 160, 40], blue: [30, 60, 220], yellow: [230, 210, 40] } as const;
const shapes = {
  square: () => true,
  disc: (x: number, y: number) => x * x + y * y <= 1,
  bar: (_: number, y: number) => Math.abs(y) < 0.35,
  post: (x: number) => Math.abs(x) < 0.35,
} as const;

/** Pictures of one shape of one colour at a random place on white, 16 px, with two captions each: what a small net learns in some steps. */
export function drawnPairs({ each = 4, seed = 0, side = 16 } = {}): PairSet {
  const items: PairItem[] = [];
  const pixels: Uint8Array[] = [];
  for (const [colour, rgb] of Object.entries(colours))
    for (const [shape, inside] of Object.entries(shapes))
      for (let i = 0; i < each; i++) {
        const own = key(seed).fold(colour).fold(shape).fold(i);
        const move = (axis: string) => integer(own.fold(axis), 5) - 2;
        const [right, down] = [move("x"), move("y")];
        const data = new Uint8Array(side * side * 3).fill(255);
        for (let y = 0; y < side; y++)
          for (let x = 0; x < side; x++) {
            const [u, v] = [(x - right - side / 2 + 0.5) / (side / 4), (y - down - side / 2 + 0.5) / (side / 4)];
            if (Math.abs(u) <= 1 && Math.abs(v) <= 1 && inside(u, v)) data.set(rgb, 3 * (y * side + x));
          }
        pixels.push(data);
        items.push({
          path: `${colour}-${shape}-${i}.png`,
          captions: [`a ${colour} ${shape}`, `${shape} that is ${colour}`],
          concept: `${colour} ${shape}`,
        });
      }
  const buffer = new SharedArrayBuffer(pixels.length * side * side * 3);
  const all = new Uint8Array(buffer);
  for (const [i, data] of pixels.entries()) all.set(data, i * data.length);
  const sides = new Uint32Array(items.length).fill(side);
  return {
    name: "drawn",
    description: `drawn: ${items.length} pictures`,
    items,
    source: {
      kind: "pixels",
      buffer,
      offsets: Float64Array.from({ length: items.length + 1 }, (_, i) => i * side * side * 3),
      widths: sides,
      heights: sides,
    },
    files: [],
    damaged: {},
  };
}
