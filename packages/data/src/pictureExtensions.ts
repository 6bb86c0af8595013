/** The formats that are decoded, by extension. */
export const pictureExtensions = ["avif", "gif", "jpeg", "jpg", "png", "tif", "tiff", "webp"] as const;
