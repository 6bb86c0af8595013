import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import type { Engine } from "../../setup/wheels.mjs";
import { temporaryFolder } from "./temporaryFolder.ts";
import { writeZip } from "./writeZip.ts";

export const wheelBytes = writeZip([
  { name: "tensorflow/libtensorflow_cc.so.2", data: Buffer.alloc(50_000, "cc") },
  { name: "tensorflow/libtensorflow_framework.so.2", data: "framework", stored: true },
  { name: "tensorflow/include/tensorflow/c/c_api.h", data: "// the C API" },
  { name: "tensorflow/python/left.py", data: "never = 'taken'" },
]);

/** An engine whose wheel is a few hundred bytes. */
export function fakeEngine(bytes: Buffer = wheelBytes): Engine {
  const places: Record<string, string> = {
    "tensorflow/libtensorflow_cc.so.2": "lib/libtensorflow_cc.so.2",
    "tensorflow/libtensorflow_framework.so.2": "lib/libtensorflow_framework.so.2",
    "tensorflow/include/tensorflow/c/c_api.h": "include/tensorflow/c/c_api.h",
  };
  const wheel = {
    project: "Tensor.Flow_fake",
    version: "1.0",
    file: "tensor_flow_fake-1.0-py3-none-any.whl",
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
    takes: (member: string) => places[member],
  };
  const name = "@tensorflow/tfjs-node";
  return { name: "tensorflow-fake", version: "1.0", package: name, kind: "cpu", download: 1, disk: 1, wheels: [wheel] };
}

/** A root with a tfjs-node that has no engine yet, and whose own download fails at once. */
export function fakeRoot(): { root: string; packageFolder: string } {
  const root = temporaryFolder();
  const packageFolder = join(root, "node_modules", "@tensorflow", "tfjs-node");
  mkdirSync(join(packageFolder, "scripts"), { recursive: true });
  writeFileSync(join(root, "package.json"), "{}");
  writeFileSync(join(packageFolder, "package.json"), '{"name":"@tensorflow/tfjs-node","version":"4.22.0"}');
  writeFileSync(join(packageFolder, "scripts", "install.js"), "console.error('Error: no network'); process.exit(1)");
  return { root, packageFolder };
}

/** No pip, no settings of this machine's pip, and an empty cache (returned). */
export function bareMachine(): string {
  const cache = temporaryFolder();
  vi.stubEnv("PATH", temporaryFolder());
  vi.stubEnv("NEARFAR_CACHE", cache);
  for (const name of ["PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_CERT"]) {
    vi.stubEnv(name, "");
  }
  vi.stubEnv("PIP_CONFIG_FILE", "/dev/null");
  onTestFinished(() => void vi.unstubAllEnvs());
  return cache;
}

/** A server on this machine for one test; returns its address and the paths that were asked for. */
export async function server(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = [];
  const http = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((ready) => http.listen(0, "127.0.0.1", ready));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const address = http.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

/** A package index (PEP 503) with one project, serving these bytes under the wheel's name. */
export function indexServer(engine: Engine, bytes: Buffer = wheelBytes) {
  const file = engine.wheels[0]?.file ?? "";
  return server((request, response) => {
    if (request.url === "/simple/tensor-flow-fake/") {
      response.setHeader("content-type", "text/html");
      response.end(
        `<html><a href="other-1.0.whl">other</a><a data-x="y" href="../../files/${file}?a=1&amp;b=2#sha256=0">w</a>`,
      );
    } else if (request.url === `/files/${file}?a=1&b=2`) response.end(bytes);
    else response.writeHead(404).end();
  });
}
