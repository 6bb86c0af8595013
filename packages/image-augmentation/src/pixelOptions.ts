/** Option of the operations that work pixel by pixel. */
export interface PixelOptions {
  /** Where the result's bytes go, as long as the picture's; the picture's own `data` works in place. A new array by default. */
  readonly into?: Uint8Array;
}
