/** Whether a text has nothing but white space. */
export function isBlank(text: string): boolean {
  // The first character decides nearly always.
  return text.length === 0 || (text.charCodeAt(0) <= 32 || text.charCodeAt(0) > 127 ? text.trim() === "" : false);
}
