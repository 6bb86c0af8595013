import { createRequire } from "node:module";
import { cpus } from "node:os";
import nodeUtil from "node:util";
import { tf } from "./tf.ts";

/** What computes: its name, TensorFlow's version, and whether a GPU is in use. */
export interface Engine {
  readonly name: "native";
  readonly version: string;
  readonly gpu: boolean;
  readonly threads: number;
}

/**
 * Loads the engine, once per process, and returns it: the one place where an engine is chosen.
 *
 * `NEARFAR_ENGINE=native` (also the default) wants TensorFlow's C library. An engine that was asked for and does not work is an
 * error that names the repair, never a silent change of engine. Worker threads never call this.
 */
export function loadEngine(): Engine {
  loaded ??= load(process.env.NEARFAR_ENGINE ?? "native");
  return loaded;
}

let loaded: Engine | undefined;

function load(wanted: string): Engine {
  if (wanted !== "native")
    throw new Error(`NEARFAR_ENGINE: the engine is "native"; got "${wanted}". Unset it, or set NEARFAR_ENGINE=native.`);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2"; // TensorFlow logs every optimisation that it could make
  repairNode23();
  const name = PACKAGES.find(isInstalled) ?? PACKAGES[1];
  try {
    require(name);
  } catch (error) {
    const reason = String((error as Error).message).split("\n")[0];
    throw new Error(
      `The native engine (${name}) does not load: ${reason}. Run \`nearfar setup\`, in a clone \`npm run setup\`.`,
    );
  }
  const { binding, isUsingGpuDevice } = tf.backend() as unknown as NativeBackend;
  return { name: "native", version: binding.TF_Version, gpu: isUsingGpuDevice, threads: cpus().length };
}

interface NativeBackend {
  readonly binding: { readonly TF_Version: string };
  readonly isUsingGpuDevice: boolean;
}

/** The GPU's package is taken where it is installed: whoever installed it wants it, and its failure is told. */
const PACKAGES = ["@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-node"] as const;
const require = createRequire(import.meta.url);

function isInstalled(name: string): boolean {
  try {
    require.resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}

/** tfjs-node 4.22 calls two functions that Node 23 removed; it is their last release, so they are put back before it loads. */
function repairNode23(): void {
  const util = nodeUtil as unknown as Record<string, unknown>;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}
