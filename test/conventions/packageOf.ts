import { isBuiltin } from "node:module";

/** The package that an import names, or undefined for a file and for what Node brings: `@nearfar/tensor/setup` is of `@nearfar/tensor`. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith(".") || isBuiltin(specifier)) return undefined;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
