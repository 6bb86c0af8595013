import type { AddressInfo } from "node:net";
import type { Server, ServerResponse } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { UserError } from "@nearfar/formats";
import type { Hono } from "hono";
import { securityHeaders } from "./securityHeaders.ts";

export interface ServeOptions {
  /** 0 is any that is free. */
  readonly port?: number;
  readonly host?: string;
  /** How long running requests may go on once `close` was called. */
  readonly drainSeconds?: number;
  /** How long a client may take to send its whole request. */
  readonly requestSeconds?: number;
}

export interface RunningServer {
  readonly url: string;
  /** Takes no more requests, waits for those that run, and ends. */
  close(): Promise<void>;
}

/**
 * Binds an app to a port; UserError where it is taken.
 *
 * A client has `requestSeconds` for its whole request and at most 10 s of them for its headers, a connection on which nothing moves two minutes; at most 1,000 are open.
 * `close` drains: what runs is finished (for `drainSeconds`), what comes over an open connection is refused with 503, new ones are not taken.
 */
export async function serve(
  app: Hono,
  { port = 3000, host = "127.0.0.1", drainSeconds = 10, requestSeconds = 30 }: ServeOptions = {},
): Promise<RunningServer> {
  let draining = false;
  const running = new Set<ServerResponse>();
  const server = createAdaptorServer({
    fetch: (request, env) => (draining ? stopping() : app.fetch(request, env)),
    overrideGlobalObjects: false,
    serverOptions: {
      headersTimeout: 1000 * Math.min(10, requestSeconds),
      requestTimeout: 1000 * requestSeconds,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 1000 * Math.min(2, requestSeconds / 2),
    },
  }) as Server;
  server.maxConnections = 1_000;
  server.setTimeout(120_000);
  server.prependListener("request", (_, response: ServerResponse) => {
    running.add(response);
    if (draining) response.shouldKeepAlive = false;
    response.once("close", () => running.delete(response));
  });
  await listen(server, port, host);
  const { port: bound } = server.address() as AddressInfo;

  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    async close() {
      draining = true;
      for (const response of running) response.shouldKeepAlive = false;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const timer = setTimeout(() => server.closeAllConnections(), 1000 * drainSeconds);
      await closed;
      clearTimeout(timer);
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reasons: Readonly<Record<string, string>> = {
        EADDRINUSE: `port ${port} is taken. Give another one by --port.`,
        EADDRNOTAVAIL: "this machine has no such address. Give one of its own by --host, or 0.0.0.0 for all.",
        EACCES: `port ${port} needs more rights than this program has. Give one above 1023 by --port.`,
        ENOTFOUND: "no such host. Give an address of this machine by --host.",
      };
      const reason = reasons[error.code ?? ""];
      reject(reason === undefined ? error : new UserError(`${host}:${port}: ${reason}`));
    });
    server.listen(port, host, () => resolve());
  });
}

const stopping = (): Response =>
  Response.json(
    { error: "This server is stopping. Ask again in a moment." },
    { status: 503, headers: { ...securityHeaders, "Retry-After": "5", Connection: "close" } },
  );
