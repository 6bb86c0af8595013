import type { IconifyIcon, IconifySet } from "./iconifySet.ts";

/** An icon of a set as an SVG document of its own: a square, in the middle of which one stands that is none. */
export function iconSvg({ body, left = 0, top = 0, ...own }: IconifyIcon, set: IconifySet): string {
  const width = own.width ?? set.width ?? 16; // what iconify takes where neither says
  const height = own.height ?? set.height ?? 16;
  const side = Math.max(width, height);
  const box = `${left - (side - width) / 2} ${top - (side - height) / 2} ${side} ${side}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${side}" height="${side}" viewBox="${box}">${body}</svg>`;
}
