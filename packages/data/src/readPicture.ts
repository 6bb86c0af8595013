import { UserError, type Image } from "@nearfar/formats";

/** A picture, read and decoded where it is not yet, or why there is none: the message of a UserError. Other errors are thrown. */
export async function readPicture(
  read: () => Promise<Uint8Array | Image> | Uint8Array | Image,
  decode: (bytes: Uint8Array) => Promise<Image>,
): Promise<Image | { readonly reason: string }> {
  try {
    const found = await read();
    return found instanceof Uint8Array ? await decode(found) : found;
  } catch (error) {
    if (error instanceof UserError) return { reason: error.message };
    throw error;
  }
}
