import { createReadStream, readFileSync, statSync } from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { fileURLToPath } from "node:url";

const limits = { redirects: 5, silence: 60_000 };
const simple = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1";

/**
 * Opens a https: or file: address as a stream of bytes; a folder answers with its index.html, as on a server.
 *
 * Plain http only to this machine itself; redirects likewise, and credentials never follow to another host.
 * Throws an Error that names the address (without credentials) and what went wrong.
 *
 * @param {URL} url
 * @param {{ cert?: string | undefined }} [options] `cert`: a file of further authorities in PEM, as pip's own setting
 * @returns {Promise<{ url: URL, type: string, length: number | undefined, body: import("node:stream").Readable }>}
 */
export async function fetchUrl(url, { cert } = {}) {
  if (url.protocol === "file:") return local(url);
  for (let left = limits.redirects; left > 0; left--) {
    const answer = await get(url, cert);
    const { statusCode: status = 0, headers } = answer;
    if (status === 200) {
      const length = headers["content-length"];
      return {
        url,
        type: headers["content-type"] ?? "",
        length: length === undefined ? undefined : Number(length),
        body: answer,
      };
    }
    answer.destroy();
    if (status < 300 || status > 399 || headers.location === undefined) {
      throw new Error(`${shown(url)} answered ${status}`);
    }
    const next = new URL(headers.location, url);
    if (next.origin === url.origin) [next.username, next.password] = [url.username, url.password];
    url = next;
  }
  throw new Error(`${shown(url)} redirects more than ${limits.redirects} times`);
}

/** An address as it may be printed: without name and password. @param {URL} url */
export function shown(url) {
  const copy = new URL(url);
  [copy.username, copy.password, copy.search] = ["", "", ""];
  return copy.href;
}

/** @param {URL} url */
function local(url) {
  let path = fileURLToPath(url);
  try {
    if (statSync(path).isDirectory()) path = join(path, "index.html");
    return { url, type: "text/html", length: statSync(path).size, body: createReadStream(path) };
  } catch {
    throw new Error(`there is no file ${path}`);
  }
}

/** @param {URL} url @param {string | undefined} cert @returns {Promise<http.IncomingMessage>} */
function get(url, cert) {
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback)) {
    return Promise.reject(new Error(`${shown(url)} is not https; plain http is only for this machine itself`));
  }
  const ca = cert === undefined ? undefined : [...rootCertificates, readFileSync(cert, "utf8")];
  const options = { headers: { accept: simple }, timeout: limits.silence, ...(ca && { ca }) };
  return new Promise((resolve, reject) => {
    const request = url.protocol === "https:" ? https.get(url, options, resolve) : http.get(url, options, resolve);
    request.on("timeout", () => request.destroy(new Error(`no answer for ${limits.silence / 1000} s`)));
    request.on("error", (error) => reject(new Error(`${shown(url)}: ${error.message || "no connection"}`)));
  });
}
