/** Whether the leaf at a path is learned by gradient: all are, but running statistics (`running_mean`, `running_var`). */
export function isTrainable(path: string): boolean {
  return !path.slice(path.lastIndexOf(".") + 1).startsWith("running_");
}
