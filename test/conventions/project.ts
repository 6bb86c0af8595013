import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { root } from "./root.ts";

/** A package or an app, as its files say. */
export interface Project {
  /** From the clone's root: `packages/losses`. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** Every TypeScript file under `src/`, parsed. */
  readonly sources: readonly Source[];
}

export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly nx: { readonly tags: readonly string[] };
}

export interface Source {
  /** From the clone's root. */
  readonly path: string;
  readonly text: string;
  readonly file: ts.SourceFile;
}

/** The projects of `packages` or `apps`, sorted by folder. */
export function projects(group: "packages" | "apps"): Project[] {
  const folders = readdirSync(join(root, group), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => join(group, name))
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .sort()
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest,
      sources: existsSync(join(root, folder, "src")) ? sources(join(root, folder, "src")) : [],
    }));
}

function sources(folder: string): Source[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  return paths.sort().map((path) => {
    const full = join(folder, path);
    const text = readFileSync(full, "utf8");
    return { path: relative(root, full), text, file: ts.createSourceFile(full, text, ts.ScriptTarget.ES2022, true) };
  });
}
