/** A picture in memory: rows from the top, three bytes (red, green, blue) a pixel; `data.length = 3 · width · height`. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
