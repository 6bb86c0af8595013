export { cacheFolder, engineFolder } from "./cache.mjs";
export { libraryPath } from "./libraryPath.mjs";
export { setupEngine } from "./setupEngine.mjs";
export { smokeTest } from "./smokeTest.mjs";
export { engines } from "./wheels.mjs";
