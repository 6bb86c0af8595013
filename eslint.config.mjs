// The arrows of the house (a package imports only from layers below its own) and the few rules that are ours.
import nx from "@nx/eslint-plugin";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

const layers = [0, 1, 2, 3, 4, 5, 6, 7];
const below = (layer) => layers.filter((other) => other < layer).map((other) => `layer:${other}`);

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "**/.nx/**", "**/coverage/**"] },
  ...tseslint.configs.recommended,
  prettier,
  {
    files: ["**/*.ts", "**/*.mjs"],
    plugins: { "@nx": nx },
    rules: {
      "@nx/enforce-module-boundaries": [
        "error",
        {
          enforceBuildableLibDependency: false,
          depConstraints: [
            ...layers.map((layer) => ({ sourceTag: `layer:${layer}`, onlyDependOnLibsWithTags: below(layer) })),
            { sourceTag: "layer:tests", onlyDependOnLibsWithTags: ["*"] },
          ],
        },
      ],
      // noUncheckedIndexedAccess makes `!` the honest form of "I know that this index exists".
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "max-params": ["error", 5],
    },
  },
  {
    // A package's tests import it by its name, as its users do, and may use every package.
    files: ["**/test/**"],
    rules: { "@nx/enforce-module-boundaries": "off" },
  },
);
