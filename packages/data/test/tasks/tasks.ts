import { createRequire } from "node:module";
import { threadId } from "node:worker_threads";
import { decodeChunk, readSource, type DecodeRequest, type ImageSource } from "@nearfar/data";
import { UserError } from "@nearfar/formats";
import sharp from "sharp";

/** What workers of the tests run: each export is a factory of a task. */

export const double =
  ({ offset }: { offset: number }) =>
  (input: number) =>
    2 * input + offset;

/** Later inputs are done sooner. */
export const slowFirst = () => async (input: number) => {
  await new Promise((resolve) => setTimeout(resolve, input === 0 ? 60 : 1));
  return { input, threadId };
};

export const failing = () => (input: string) => {
  if (input === "user") throw new UserError("cats: no such folder");
  if (input === "range") throw new RangeError("picture 7 is not there");
  if (input === "text") throw "a plain string";
  if (input === "uncloneable") return () => 0;
  if (input === "exit") process.exit(3);
  if (input === "die")
    setTimeout(() => {
      throw new Error("out of a timer");
    });
  if (input === "die" || input === "never") return new Promise(() => {});
  return input;
};

export const filled = () => (length: number) => ({
  views: [new Uint8Array(length).fill(7), new Float32Array(length).fill(0.5)],
});

export const writes =
  ({ buffer }: { buffer: SharedArrayBuffer }) =>
  (value: number) =>
    new Uint8Array(buffer).fill(value).length;

export const decoder =
  ({ source }: { source: ImageSource }) =>
  (request: DecodeRequest) =>
    decodeChunk(source, request, decode);

/** The bytes of one picture: decoded, or as they are. */
export const reader =
  ({ source }: { source: ImageSource }) =>
  async (index: number) => {
    const read = await readSource(source, index);
    return read instanceof Uint8Array ? (await decode(read)).data : read.data.slice();
  };

/** Modules that this thread has loaded. */
export const loadedModules = () => () => Object.keys(createRequire(import.meta.url).cache);

export const notAFunction = 3;

export const broken = () => {
  throw new Error("the factory is broken");
};

async function decode(bytes: Uint8Array) {
  try {
    const { data, info } = await sharp(bytes, { failOn: "warning" })
      .removeAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: new Uint8Array(data) };
  } catch (error) {
    throw new UserError(`not a picture (${(error as Error).message})`);
  }
}
