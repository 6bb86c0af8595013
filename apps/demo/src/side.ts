/** The side of a drawn picture in pixels. */
export const side = 48;
