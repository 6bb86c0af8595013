/**
 * Where the bytes of pictures lie: plain data that a worker thread is given as it is; its buffers are shared, not copied.
 *
 * Picture i of `bytes` and `pixels` lies from `offsets[i]` to `offsets[i + 1]`; `pixels` are rows of red, green, blue.
 */
export type ImageSource =
  | { readonly kind: "files"; readonly root: string; readonly paths: readonly string[] }
  | { readonly kind: "bytes"; readonly buffer: SharedArrayBuffer; readonly offsets: Float64Array }
  | {
      readonly kind: "pixels";
      readonly buffer: SharedArrayBuffer;
      readonly offsets: Float64Array;
      readonly widths: Uint32Array;
      readonly heights: Uint32Array;
    };
