import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { committedFiles } from "./conventions/committedFiles.ts";
import { exportsOf, type Export } from "./conventions/exportsOf.ts";
import { hasDocstring } from "./conventions/hasDocstring.ts";
import { importsOf } from "./conventions/importsOf.ts";
import { packageOf } from "./conventions/packageOf.ts";
import { projects, type Project, type Source } from "./conventions/project.ts";
import { root } from "./conventions/root.ts";
import { runSnippet } from "./conventions/runSnippet.ts";

const packages = projects("packages");
const apps = projects("apps");
const all = [...packages, ...apps];

/** Source files that declare something, the tables of contents and the programs' entries aside. */
const declaring = all.flatMap(({ sources }) => sources).filter(({ path }) => !/\/(index|main)\.ts$/.test(path));

/** Files with more than one value export, each with the reason for which it is not two files. */
const manyValues: Readonly<Record<string, string>> = {
  "apps/cross-modal-search/src/pairTasks.ts": "a pool finds its tasks by name in one module",
  "apps/image-pretraining/src/pictureTasks.ts": "a pool finds its tasks by name in one module",
  "packages/data/src/openCifar.ts": "what is opened and how it is recognised read the same names of files",
};

/** Files that export types alone, of another name than the file's, each with the reason. */
const noValue: Readonly<Record<string, string>> = {
  "packages/data/src/poolWorker.ts": "the program of a worker thread: nothing imports it but the types of its messages",
};

/** Functions whose key is not the first argument, each with the reason. */
const keyLater: Readonly<Record<string, string>> = {};

describe("a file", () => {
  it("is named after its one value export, or after its type where it has none", () => {
    const camel = (name: string) => name[0]!.toLowerCase() + name.slice(1);
    const wrong = declaring.flatMap(({ path, file }) => {
      const exports = exportsOf(file);
      const values = [...new Set(exports.filter(({ kind }) => kind === "value").map(({ name }) => name))]; // overloads are one
      const name = basename(path, ".ts");
      if (path in noValue) return values.length > 0 ? [`${path}: no exception is needed any more`] : [];
      if (path in manyValues) return values.length > 1 ? [] : [`${path}: no exception is needed any more`];
      if (values.length > 1) return [`${path}: exports ${values.join(", ")}`];
      const named = values.length === 1 ? values : exports.map((one) => one.name);
      return named.some((one) => camel(one) === name) ? [] : [`${path}: exports ${named.join(", ") || "nothing"}`];
    });
    expect(wrong).toEqual([]);
  });

  it("has a docstring on every function and class that it exports", () => {
    const wrong = declaring.flatMap(({ path, file }) =>
      exportsOf(file)
        .filter((one) => isCallable(one) && !hasDocstring(one.declaration))
        .map(({ name }) => `${path}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it("takes a key as the first argument, wherever a function takes one", () => {
    const wrong = declaring.flatMap(({ path, file }) =>
      functionsIn(file)
        .filter(({ parameters }) => parameters.slice(1).some(({ type }) => type?.getText() === "Key"))
        .map(({ name }) => `${path}: ${name?.getText() ?? "a function"}`),
    );
    expect(wrong.filter((one) => !(one in keyLater))).toEqual([]);
    expect(Object.keys(keyLater).filter((one) => !wrong.includes(one))).toEqual([]);
  });

  it("exports functions of at most four parameters", () => {
    const wrong = declaring.flatMap(({ path, file }) =>
      exportsOf(file)
        .filter(({ declaration }) => ts.isFunctionDeclaration(declaration) && declaration.parameters.length > 4)
        .map(({ name }) => `${path}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe("index.ts", () => {
  const contents = all.flatMap(({ sources }) => sources).filter(({ path }) => basename(path) === "index.ts");

  it("only re-exports, by name, from files that it names with their ending", () => {
    const wrong = contents.flatMap(({ path, file }) =>
      file.statements
        .filter((one) => !(ts.isExportDeclaration(one) && one.exportClause && ts.isNamedExports(one.exportClause)))
        .map((one) => `${path}: ${one.getText()}`),
    );
    expect(wrong).toEqual([]);
    expect(
      contents.flatMap(({ path, file }) =>
        specifiers(file)
          .filter((one) => !one.endsWith(".ts"))
          .map((one) => `${path}: ${one}`),
      ),
    ).toEqual([]);
  });

  it("is sorted by file", () => {
    for (const { path, file } of contents) {
      const names = specifiers(file);
      expect(names, path).toEqual([...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    }
  });
});

describe("a method", () => {
  it("cites its paper in its docstring", () => {
    const methods = packages
      .find(({ folder }) => folder === "packages/methods")!
      .sources.filter(({ path }) => declaring.some((one) => one.path === path));
    const functions = methods.flatMap(({ path, file }) =>
      exportsOf(file)
        .filter(isCallable)
        .map((one) => ({ path, ...one })),
    );
    expect(functions.length).toBeGreaterThan(0);
    const wrong = functions.filter(
      ({ declaration }) => !/\p{Lu}[\p{L}-]+ (et al\.|and \p{Lu}[\p{L}-]+),? \(?\d{4}/u.test(docstring(declaration)),
    );
    expect(wrong.map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
  });
});

describe("a package", () => {
  it("is README.md, package.json, tsconfig.json, src and test", () => {
    const parts = ["README.md", "package.json", "tsconfig.json", "src", "test"];
    const missing = packages
      .flatMap(({ folder }) => parts.map((part) => join(folder, part)))
      .filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  it("has a row in packages/README.md, in the order of the layers", () => {
    const rows = readFileSync(join(root, "packages/README.md"), "utf8").matchAll(/^\|[^|]*\| \[`([a-z-]+)`\]/gm);
    const layers = new Map(packages.map(({ folder, manifest }) => [basename(folder), layerOf(manifest.nx.tags)]));
    const listed = [...rows].map(([, name]) => name!);
    expect([...listed].sort()).toEqual([...layers.keys()].sort());
    const order = listed.map((name) => layers.get(name)!);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it("depends on the packages that it imports, and on no other", () => {
    const wrong = all.flatMap((project) => {
      const { folder, manifest, sources } = project;
      // What tests alone use may use the test runner, as every test does.
      const runner = layerOf(manifest.nx.tags) === TESTS ? { vitest: "" } : {};
      const own = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
      const declared = [...own, ...Object.keys(runner)];
      const imported = new Set(sources.flatMap(({ file }) => importsOf(file)).flatMap((one) => packageOf(one) ?? []));
      imported.delete(manifest.name);
      const text = sources.map((source) => source.text).join("\n") + setupText(folder);
      return [
        ...[...imported]
          .filter((one) => !declared.includes(one))
          .map((one) => `${folder}: imports ${one} without depending on it`),
        // A package that is found by name at run time, such as the engine, stands in a string.
        ...own
          .filter((one) => !imported.has(one) && !new RegExp(`["'\`/]${one}["'\`/]`).test(text))
          .map((one) => `${folder}: does not use ${one}`),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it("imports @tensorflow nowhere but in packages/tensor", () => {
    const wrong = all
      .filter(({ folder }) => folder !== "packages/tensor")
      .flatMap(({ sources }) => sources)
      .filter(({ file }) => importsOf(file).some((one) => one.startsWith("@tensorflow/")));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it("without an engine imports none, nor a package that does", () => {
    const byName = new Map(packages.map((one) => [one.manifest.name, one]));
    for (const name of withoutEngine.filter((one) => byName.has(one)))
      expect(
        [...reachable(byName.get(name)!, byName)].filter(
          (one) => one.startsWith("@tensorflow/") || one === "@nearfar/tensor",
        ),
        name,
      ).toEqual([]);
  });
});

describe("the tasks of worker threads", () => {
  const modules = ["apps/image-pretraining/src/pictureTasks.ts", "apps/cross-modal-search/src/pairTasks.ts"];
  it.each(modules)("import no engine, through all the files that %s imports", (module) => {
    const byName = new Map(packages.map((one) => [one.manifest.name, one]));
    const sources = new Map(all.flatMap((one) => one.sources).map((one) => [one.path, one]));
    const tasks = sources.get(module)!;
    const imported = filesFrom(tasks, sources)
      .flatMap(({ file }) => importsOf(file))
      .flatMap((one) => packageOf(one) ?? []);
    expect(imported).toContain("@nearfar/image-augmentation");
    const reached = imported.flatMap((one) =>
      byName.has(one) ? [...reachable(byName.get(one)!, byName), one] : [one],
    );
    expect(reached.filter((one) => one.startsWith("@tensorflow/") || one === "@nearfar/tensor")).toEqual([]);
  });
});

describe("what is committed", () => {
  const files = committedFiles();

  it("names no folder or file by what it is not", () => {
    const vague = /(^|\/)(utils?|common|shared|helpers?|misc)(\.[^/]*)?(\/|$)/;
    // The peers' programs are copied as they are, under their own names.
    const copied = "test/benchmarks/peers/common.py";
    expect(files.map(({ path }) => path).filter((path) => vague.test(path) && path !== copied)).toEqual([]);
  });

  it("names no path of one machine, no neighbour of the clone and no host of a registry", () => {
    // Put together here, so that this file does not hold what it looks for.
    const machine = new RegExp(`(^|[\\s"'\`(=:])/(${["work", "tmp", "root", "home"].join("|")})/`, "m");
    const hosts = ["registry.npmjs" + ".org", "py" + "pi.org", "python" + "hosted.org", "registry.yarn" + "pkg.com"];
    const neighbour = [".", ".", "/shared"].join("");
    const wrong = files.flatMap(({ path, text }) => [
      ...(machine.test(text) ? [`${path}: ${machine.exec(text)![0].trim()}`] : []),
      ...hosts.filter((host) => text.includes(host)).map((host) => `${path}: ${host}`),
      // The one place that says where the real data of the project's own checks lies.
      ...(text.includes(neighbour) && path !== ".ci/run" ? [`${path}: ${neighbour}`] : []),
    ]);
    expect(wrong).toEqual([]);
  });
});

describe.concurrent("the snippets of", () => {
  const readmes = [...all.map(({ folder }) => folder), "packages", "apps", "test", "."].filter((folder) =>
    existsSync(join(root, folder, "README.md")),
  );
  const snippets = readmes.flatMap((folder) => {
    const text = readFileSync(join(root, folder, "README.md"), "utf8");
    return [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code], i) => ({
      folder,
      code: code!,
      name: `${folder}/README.md, number ${i + 1}`,
    }));
  });

  it("every package: there is one", () => {
    const without = packages
      .map(({ folder }) => folder)
      .filter((folder) => !snippets.some((one) => one.folder === folder));
    expect(without).toEqual([]);
  });

  for (const { folder, code, name } of snippets)
    it(`${name} runs`, { timeout: 120_000 }, async () => {
      expect(await runSnippet(folder, code)).toBe("");
    });
});

/** House, "Packages": what worker threads may load. */
const withoutEngine = [
  "random",
  "formats",
  "tokenizers",
  "image-augmentation",
  "text-augmentation",
  "data",
  "command",
  "inference",
].map((name) => `@nearfar/${name}`);

function isCallable({ kind, declaration }: Export): boolean {
  if (kind === "type") return false;
  if (!ts.isVariableDeclaration(declaration)) return true;
  const { initializer } = declaration;
  return initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
}

function docstring(declaration: ts.Node): string {
  const owner = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return ts
    .getJSDocCommentsAndTags(owner)
    .map((part) => part.getText())
    .join("\n");
}

/** Every function, method and function type of a file. */
function functionsIn(file: ts.SourceFile): ts.SignatureDeclaration[] {
  const found: ts.SignatureDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The files that a table of contents names; types of an engine's library, which no file of ours declares, aside. */
function specifiers(file: ts.SourceFile): string[] {
  return file.statements
    .filter(ts.isExportDeclaration)
    .map(({ isTypeOnly, moduleSpecifier }) => ({ isTypeOnly, text: (moduleSpecifier as ts.StringLiteral).text }))
    .filter(({ isTypeOnly, text }) => !(isTypeOnly && text.startsWith("@tensorflow/")))
    .map(({ text }) => text);
}

/** 1 to 7; what tests alone use stands last. */
function layerOf(tags: readonly string[]): number {
  const [, layer] = tags.map((tag) => /^layer:(.+)$/.exec(tag)).find((found) => found)!;
  return layer === "tests" ? TESTS : Number(layer);
}

const TESTS = 99;

/** The plain .mjs of a package beside its source, as text. */
function setupText(folder: string): string {
  return committedFiles()
    .filter(({ path }) => path.startsWith(`${folder}/`) && path.endsWith(".mjs"))
    .map(({ text }) => text)
    .join("\n");
}

/** The packages that a package imports, and those that these import. */
function reachable(from: Project, byName: ReadonlyMap<string, Project>, seen = new Set<string>()): Set<string> {
  for (const name of from.sources.flatMap(({ file }) => importsOf(file)).flatMap((one) => packageOf(one) ?? [])) {
    if (seen.has(name)) continue;
    seen.add(name);
    const next = byName.get(name);
    if (next) reachable(next, byName, seen);
  }
  return seen;
}

/** A file and the files of its own package that it imports, and those that these import. */
function filesFrom(start: Source, sources: ReadonlyMap<string, Source>): Source[] {
  const found = new Map<string, Source>();
  const visit = (source: Source): void => {
    if (found.has(source.path)) return;
    found.set(source.path, source);
    for (const one of importsOf(source.file).filter((specifier) => specifier.startsWith("."))) {
      const next = sources.get(join(dirname(source.path), one));
      if (next) visit(next);
    }
  };
  visit(start);
  return [...found.values()];
}
