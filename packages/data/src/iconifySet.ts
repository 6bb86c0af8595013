/** A set of pictures as `@iconify-json/*` holds it (iconify.design/docs/types/iconify-json.html). */
export interface IconifySet {
  readonly icons: Readonly<Record<string, IconifyIcon>>;
  readonly width?: number;
  readonly height?: number;
}

export interface IconifyIcon {
  readonly body: string;
  readonly left?: number;
  readonly top?: number;
  readonly width?: number;
  readonly height?: number;
  readonly hidden?: boolean;
}
