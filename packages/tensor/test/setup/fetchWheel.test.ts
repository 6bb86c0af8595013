import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { fetchWheel, wheelProblem } from "../../setup/fetchWheel.mjs";
import { bareMachine, fakeEngine, indexServer, server, wheelBytes } from "./fakeEngine.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const engine = fakeEngine();
const wheel = engine.wheels[0]!;

/** A `python3` whose pip does what a shell script says; "$dest" is where the wheel should go. */
function fakePip(script: string): void {
  const folder = temporaryFolder();
  const program = join(folder, "python3");
  writeFileSync(
    program,
    `#!/bin/sh
case "$*" in *--version*) exit 0;; esac
while [ "$1" != --dest ]; do shift; done
dest="$2"
${script}
`,
  );
  chmodSync(program, 0o755);
  vi.stubEnv("PATH", folder);
}

describe("fetchWheel without pip", () => {
  it("fetches from the index that pip's settings name", async () => {
    bareMachine();
    const { url, asked } = await indexServer(engine);
    vi.stubEnv("PIP_INDEX_URL", `${url}/simple/`);
    const path = await fetchWheel(wheel, join(temporaryFolder(), "wheels"));
    expect(readFileSync(path).equals(wheelBytes)).toBe(true);
    expect(asked).toEqual(["/simple/tensor-flow-fake/", `/files/${wheel.file}?a=1&b=2`]);
  });

  it("reads a JSON index (PEP 691) and follows a redirect on this machine", async () => {
    bareMachine();
    const { url } = await server((request, response) => {
      if (request.url === "/tensor-flow-fake/") {
        response.setHeader("content-type", "application/vnd.pypi.simple.v1+json");
        response.end(JSON.stringify({ files: [{ filename: wheel.file, url: `/old/${wheel.file}` }] }));
      } else if (request.url?.startsWith("/old/")) response.writeHead(302, { location: "/new" }).end();
      else response.end(wheelBytes);
    });
    vi.stubEnv("PIP_EXTRA_INDEX_URL", url);
    expect(existsSync(await fetchWheel(wheel, temporaryFolder()))).toBe(true);
  });

  it("takes it from a folder of links, and from an index that is a folder", async () => {
    bareMachine();
    const folder = temporaryFolder();
    writeFileSync(join(folder, wheel.file), wheelBytes);
    vi.stubEnv("PIP_FIND_LINKS", `/no/such/folder ${folder}`);
    expect(existsSync(await fetchWheel(wheel, temporaryFolder()))).toBe(true);

    vi.stubEnv("PIP_FIND_LINKS", "");
    mkdirSync(join(folder, "tensor-flow-fake"));
    writeFileSync(join(folder, "tensor-flow-fake", "index.html"), `<a href='../${wheel.file}'>${wheel.file}</a>`);
    vi.stubEnv("PIP_INDEX_URL", `file://${folder}`);
    expect(existsSync(await fetchWheel(wheel, temporaryFolder()))).toBe(true);
  });

  it("names a wheel of another sha256, and goes on to the next place", async () => {
    bareMachine();
    const other = Buffer.from(wheelBytes).fill(0, 50, 60);
    const wrong = await indexServer(engine, other);
    const right = await indexServer(engine);
    vi.stubEnv("PIP_INDEX_URL", `${wrong.url}/simple`);
    const folder = temporaryFolder();
    const message = await fetchWheel(wheel, folder).catch((error: Error) => error.message);
    expect(message).toMatch(new RegExp(`has the wrong sha256: expected ${wheel.sha256}, got [0-9a-f]{64}\\. Run`));
    expect(message).not.toContain("\n");
    expect(existsSync(join(folder, wheel.file))).toBe(false);

    vi.stubEnv("PIP_EXTRA_INDEX_URL", `${right.url}/simple`);
    expect(existsSync(await fetchWheel(wheel, folder))).toBe(true);
  });

  it("names a truncated wheel, whether the server lies or the connection breaks", async () => {
    bareMachine();
    const short = await indexServer(engine, wheelBytes.subarray(0, 100));
    vi.stubEnv("PIP_INDEX_URL", `${short.url}/simple`);
    await expect(fetchWheel(wheel, temporaryFolder())).rejects.toThrow(
      `${wheel.file} is truncated: 100 of ${wheelBytes.length} bytes came. Run the setup again`,
    );
    const broken = await server((request, response) => {
      if (request.url?.endsWith("/")) return response.end(`<a href="/files/${wheel.file}">`);
      response.writeHead(200, { "content-length": wheelBytes.length });
      return response.write(wheelBytes.subarray(0, 100), () => response.destroy());
    });
    vi.stubEnv("PIP_INDEX_URL", broken.url);
    await expect(fetchWheel(wheel, temporaryFolder())).rejects.toThrow(/broke off, of \d+ bytes .*Run the setup again/);
  });

  it("takes a sound wheel that an interrupted setup left, and replaces a damaged one", async () => {
    bareMachine();
    const { url, asked } = await indexServer(engine);
    vi.stubEnv("PIP_INDEX_URL", `${url}/simple`);
    const folder = temporaryFolder();
    writeFileSync(join(folder, wheel.file), wheelBytes);
    await fetchWheel(wheel, folder);
    expect(asked).toEqual([]);
    writeFileSync(join(folder, wheel.file), wheelBytes.subarray(0, 9));
    await fetchWheel(wheel, folder);
    expect(await wheelProblem(join(folder, wheel.file), wheel)).toBe(undefined);
  });

  it("says what to do when no index is named, and what an index answered", async () => {
    bareMachine();
    await expect(fetchWheel(wheel, temporaryFolder())).rejects.toThrow(
      "could not get Tensor.Flow_fake 1.0: there is no pip; pip's settings name no index. Install pip, or set PIP_INDEX_URL to a package index",
    );
    const { url } = await server((_, response) => response.writeHead(503).end());
    vi.stubEnv("PIP_INDEX_URL", url.replace("//", "//name:secret@"));
    const message = await fetchWheel(wheel, temporaryFolder()).catch((error: Error) => error.message);
    expect(message).toContain("/tensor-flow-fake/ answered 503");
    expect(message).not.toContain("secret");
  });

  it("refuses plain http to another machine, and a redirect to it", async () => {
    bareMachine();
    vi.stubEnv("PIP_INDEX_URL", "http://index.invalid/simple");
    await expect(fetchWheel(wheel, temporaryFolder())).rejects.toThrow(
      "is not https; plain http is only for this machine",
    );
    const { url } = await server((_, response) => response.writeHead(301, { location: "http://index.invalid/" }).end());
    vi.stubEnv("PIP_INDEX_URL", url);
    await expect(fetchWheel(wheel, temporaryFolder())).rejects.toThrow(
      "is not https; plain http is only for this machine",
    );
  });

  it("sends a password to the host that it is for, and to no other", async () => {
    bareMachine();
    const other: (string | undefined)[] = [];
    const files = await server((request, response) => {
      other.push(request.headers.authorization);
      response.end(wheelBytes);
    });
    const own: (string | undefined)[] = [];
    const index = await server((request, response) => {
      own.push(request.headers.authorization);
      response.end(`<a href="${files.url}/${wheel.file}">`);
    });
    vi.stubEnv("PIP_INDEX_URL", index.url.replace("//", "//name:secret@"));
    await fetchWheel(wheel, temporaryFolder());
    expect(own).toEqual([`Basic ${Buffer.from("name:secret").toString("base64")}`]);
    expect(other).toEqual([undefined]);
  });
});

describe("fetchWheel with pip", () => {
  it("asks pip for exactly this version, for our platform", async () => {
    bareMachine();
    const folder = temporaryFolder();
    writeFileSync(join(folder, "wheel"), wheelBytes);
    fakePip(`echo "$@" > ${folder}/asked; /bin/cp ${folder}/wheel "$dest/${wheel.file}"`);
    await fetchWheel(wheel, temporaryFolder());
    const asked = readFileSync(join(folder, "asked"), "utf8");
    expect(asked).toContain("--platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 Tensor.Flow_fake==1.0");
  });

  it("falls back to the index when pip fails or brings another file, and names both", async () => {
    bareMachine();
    fakePip(`echo 'ERROR: No matching distribution' >&2; exit 1`);
    await expect(fetchWheel(wheel, temporaryFolder())).rejects.toThrow(
      /pip failed \(ERROR: No matching distribution\); pip's settings name no index/,
    );
    fakePip(`echo short > "$dest/${wheel.file}"`);
    await expect(fetchWheel(wheel, temporaryFolder())).rejects.toThrow(/is truncated: 6 of \d+ bytes came/);
    const { url } = await indexServer(engine);
    vi.stubEnv("PIP_INDEX_URL", `${url}/simple`);
    expect(existsSync(await fetchWheel(wheel, temporaryFolder()))).toBe(true);
  });
});
