import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cacheFolder } from "../../setup/cache.mjs";
import { libraryPath } from "../../setup/libraryPath.mjs";
import { engines } from "../../setup/wheels.mjs";
import { temporaryFolder } from "./temporaryFolder.ts";

describe("engines", () => {
  it("takes the two libraries and the C headers of the CPU wheel, under the name that the index has", () => {
    const [wheel] = engines.cpu.wheels;
    expect(wheel?.file).toBe("tensorflow_cpu-2.18.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl");
    expect(wheel?.takes("tensorflow/libtensorflow_cc.so.2")).toBe("lib/libtensorflow_cc.so.2");
    expect(wheel?.takes("tensorflow/include/tensorflow/c/c_api.h")).toBe("include/tensorflow/c/c_api.h");
    expect(wheel?.takes("tensorflow/python/_pywrap_tfe.so")).toBe(undefined);
  });

  it("takes libraries, ptxas and libdevice of the NVIDIA wheels, and nothing that is Python", () => {
    const cudnn = engines.gpu.wheels.find(({ project }) => project === "nvidia-cudnn-cu12");
    expect(cudnn?.file).toBe("nvidia_cudnn_cu12-9.3.0.75-py3-none-manylinux2014_x86_64.whl");
    for (const path of ["cudnn/lib/libcudnn.so.9", "cuda_nvcc/bin/ptxas", "cuda_nvcc/nvvm/libdevice/libdevice.10.bc"]) {
      expect(cudnn?.takes(`nvidia/${path}`)).toBe(`nvidia/${path}`);
    }
    for (const path of ["nvidia/cudnn/lib/__init__.py", "nvidia/cudnn/include/cudnn.h", "other/lib/liba.so"]) {
      expect(cudnn?.takes(path)).toBe(undefined);
    }
  });

  it("pins every wheel by a sha256 of its own", () => {
    const wheels = [...engines.cpu.wheels, ...engines.gpu.wheels];
    expect(wheels.length).toBe(1 + 13); // tensorflow and the 12 that its metadata lists under `and-cuda`
    expect(new Set(wheels.map(({ sha256 }) => sha256)).size).toBe(wheels.length);
    for (const { sha256, file, version } of wheels) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(file).toContain(`-${version}-`);
    }
  });
});

describe("libraryPath", () => {
  it("lists the folders of the NVIDIA libraries that are there, before what was set", () => {
    const env = { NEARFAR_CACHE: temporaryFolder(), LD_LIBRARY_PATH: "/mine" };
    expect(libraryPath(env)).toBe("/mine");
    const nvidia = join(env.NEARFAR_CACHE, "engine", "tensorflow-gpu-2.18.0", "nvidia");
    for (const path of ["cudnn/lib", "cublas/lib", "cuda_nvcc/bin"]) mkdirSync(join(nvidia, path), { recursive: true });
    expect(libraryPath(env)).toBe(`${nvidia}/cublas/lib:${nvidia}/cudnn/lib:/mine`);
  });
});

describe("cacheFolder", () => {
  it("is NEARFAR_CACHE, else under XDG_CACHE_HOME", () => {
    expect(cacheFolder({ NEARFAR_CACHE: "/a", XDG_CACHE_HOME: "/b" })).toBe("/a");
    expect(cacheFolder({ XDG_CACHE_HOME: "/b" })).toBe("/b/nearfar");
  });
});
