/** Files and folders that a person does not see: `.git`, `._cat.jpg`, `__MACOSX`. */
export function isHidden(name: string): boolean {
  return name.startsWith(".") || name === "__MACOSX";
}
