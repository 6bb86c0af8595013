import { Agent, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { UserError } from "@nearfar/formats";
import { temporaryFolder } from "@nearfar/testing";
import { onTestFinished, describe, expect, it } from "vitest";
import { createApp, type AppOptions } from "../../src/serve/createApp.ts";
import { serve, type ServeOptions } from "../../src/serve/serve.ts";
import { drawnGallery } from "./drawnGallery.ts";
import { stubTowers } from "./stubTowers.ts";

/** A server of the drawn pictures whose encoding of texts waits until `release` is called. */
async function served(options: ServeOptions = {}, app: Partial<AppOptions> = {}) {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const gallery = await drawnGallery(stubTowers(), temporaryFolder());
  const towers = stubTowers(() => held);
  const server = await serve(createApp({ towers, gallery, ...app }), { port: 0, ...options });
  onTestFinished(() => server.close());
  return { server, url: server.url, port: Number(new URL(server.url).port), towers, release };
}

/** Resolves when the condition holds: there is nothing to wait for otherwise. */
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("a server", () => {
  it("answers over HTTP", async () => {
    const { url, release } = await served();
    release();
    const response = await fetch(`${url}/api/search?q=red&k=1`);
    expect(await response.json()).toMatchObject({ results: [{ captions: [expect.stringContaining("a red")] }] });
  });

  it("says how to go on where its port is taken", async () => {
    const { port } = await served();
    const folder = temporaryFolder();
    const app = createApp({ towers: stubTowers(), gallery: await drawnGallery(stubTowers(), folder) });
    const error = await serve(app, { port }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toBe(`127.0.0.1:${port}: port ${port} is taken. Give another one by --port.`);
  });

  it("answers 413 to an upload of 50 MB, and goes on", async () => {
    const { url, release } = await served();
    release();
    const headers = { "Content-Type": "image/png" };
    const body = new Uint8Array(50e6);
    const response = await fetch(`${url}/api/search`, { method: "POST", headers, body });
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([
      413,
      expect.stringMatching(/^A picture may have 10000000 bytes at most/),
    ]);
    expect((await fetch(`${url}/api/about`)).status).toBe(200);
  });

  it("lets go of a client that sends its request too slowly", async () => {
    const { port } = await served({ requestSeconds: 0.2 });
    const socket = connect(port, "127.0.0.1");
    socket.write(
      "POST /api/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 100\r\n\r\nab",
    );
    const heard = await text(socket); // ends when the server hangs up
    expect(heard === "" || heard.startsWith("HTTP/1.1 408")).toBe(true);
  });

  it("forgets a client that hangs up while it waits", async () => {
    const { url, port, towers, release } = await served({}, { queue: 1 });
    const ask = (q: string) => fetch(`${url}/api/search?q=${q}`);
    const roundTrip = async () => void (await fetch(`${url}/api/about`));
    const first = ask("red");
    await roundTrip();
    const socket = connect(port, "127.0.0.1");
    await new Promise<void>((sent) =>
      socket.write("GET /api/search?q=green HTTP/1.1\r\nHost: localhost\r\n\r\n", () => sent()),
    );
    await roundTrip();
    expect((await ask("blue")).status).toBe(429); // green waits in the one place
    socket.destroy();
    let third: Promise<Response>;
    await until(async () => {
      third = ask("blue"); // refused until the server has noticed; then it waits for red
      return (await Promise.race([third, roundTrip().then(roundTrip)]))?.status !== 429;
    });
    release();
    expect([(await first).status, (await third!).status]).toEqual([200, 200]);
    expect(towers.encoded.texts).toBe(2); // green never was
  });
});

describe("a server that stops", () => {
  it("finishes what runs, refuses the rest, and frees its port", async () => {
    const { server, url, release } = await served();
    const running = fetch(`${url}/api/search?q=red`);
    await until(async () => (await fetch(`${url}/api/about`)).status === 200);
    const closed = server.close();
    await expect(fetch(`${url}/api/about`)).rejects.toThrow(); // a new connection is not taken
    release();
    const response = await running;
    expect(response.status).toBe(200);
    expect(response.headers.get("connection")).toBe("close");
    await closed;
  });

  it("answers 503 to what comes over an open connection", async () => {
    const { server, port, release } = await served();
    const socket = connect(port, "127.0.0.1");
    const heard = text(socket);
    socket.write("GET /api/search?q=red HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await until(async () => (await fetch(`${server.url}/api/about`)).status === 200);
    const closed = server.close();
    socket.write("GET /api/about HTTP/1.1\r\nHost: localhost\r\n\r\n");
    release();
    await closed;
    const statuses = [...(await heard).matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status);
    expect(statuses[0]).toBe("200");
    expect(statuses.slice(1).every((status) => status === "503")).toBe(true); // or the connection was closed after the first
  });

  it("does not wait longer than it was told for what does not end", async () => {
    const { server, url } = await served({ drainSeconds: 0.1 });
    const stuck = fetch(`${url}/api/search?q=red`).catch(() => "cut");
    await until(async () => (await fetch(`${url}/api/about`)).status === 200);
    await server.close();
    expect(await stuck).toBe("cut");
  });

  it("closes connections that are kept open and idle", async () => {
    const { server, url } = await served();
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve) =>
      request(`${url}/api/about`, { agent }, (response) => response.resume().on("end", resolve)).end(),
    );
    await server.close();
    agent.destroy();
  });
});
