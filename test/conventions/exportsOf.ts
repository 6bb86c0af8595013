import ts from "typescript";

export interface Export {
  readonly name: string;
  readonly kind: "value" | "type";
  /** Where it is declared, in the same file. */
  readonly declaration: ts.Node;
}

/** What a file declares and exports, and `export * as name`; other re-exports aside. */
export function exportsOf(file: ts.SourceFile): Export[] {
  return file.statements.flatMap((statement): Export[] => {
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamespaceExport(statement.exportClause))
      return [{ name: statement.exportClause.name.text, kind: "value", declaration: statement }];
    if (!ts.canHaveModifiers(statement)) return [];
    if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map((one) => ({
        name: one.name.getText(),
        kind: "value",
        declaration: one,
      }));
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
      return [{ name: statement.name?.text ?? "default", kind: "value", declaration: statement }];
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      return [{ name: statement.name.text, kind: "type", declaration: statement }];
    return [];
  });
}
