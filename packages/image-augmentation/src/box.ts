/** A rectangle of whole pixels inside a picture, `left` and `top` counted from 0. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
