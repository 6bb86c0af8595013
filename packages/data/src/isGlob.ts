/** Whether a path has characters that stand for others. */
export function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}
