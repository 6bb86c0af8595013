/** What makes two captions the same: their words, without regard to capitals and spaces. */
export function captionKey(caption: string): string {
  return caption.trim().replace(/\s+/g, " ").toLowerCase();
}
