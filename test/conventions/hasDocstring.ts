import ts from "typescript";

/** Whether a docstring stands directly above a declaration. */
export function hasDocstring(declaration: ts.Node): boolean {
  // The docstring of `export const x = ...` belongs to the statement around the declaration.
  const owner = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return ts.getJSDocCommentsAndTags(owner).some((part) => ts.isJSDoc(part));
}
