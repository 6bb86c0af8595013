import { readFileSync } from "node:fs";
import type { Image } from "@nearfar/formats";
import type { Filter } from "@nearfar/image-augmentation";

/** A picture or a result as golden.json holds it: bytes in base64. */
export interface Stored {
  readonly width: number;
  readonly height: number;
  readonly data: string;
}

export interface Parameters {
  readonly factor: number;
  readonly shift: number;
  readonly threshold: number;
  readonly sigma: number;
  readonly kernel: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly side: number;
  readonly filter?: Filter;
}

export interface Golden {
  readonly pictures: Readonly<Record<string, Stored>>;
  readonly cases: readonly (Stored & {
    readonly operation: string;
    readonly picture: string;
    readonly parameters: Parameters;
  })[];
  readonly boxes: Readonly<Record<string, readonly (readonly [number, number, number])[]>>;
  readonly normalize: {
    readonly mean: readonly [number, number, number];
    readonly std: readonly [number, number, number];
    readonly data: string;
  };
}

/** What torchvision 0.29.1 computed: see golden/make.py. */
export const golden = JSON.parse(readFileSync(new URL("golden/golden.json", import.meta.url), "utf8")) as Golden;

export function toImage({ width, height, data }: Stored): Image {
  return { width, height, data: new Uint8Array(Buffer.from(data, "base64")) };
}

/** A golden picture by its name. */
export function picture(name: string): Image {
  return toImage(golden.pictures[name]!);
}
