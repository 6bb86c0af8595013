import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { fetchUrl, shown } from "./fetchUrl.mjs";

const pageLimit = 64 * 2 ** 20; // bytes of an index page

/**
 * The address of one file in a package index of PEP 503 (HTML) or PEP 691 (JSON), or undefined if it lists none.
 *
 * @param {string} index its address, as pip's settings have it
 * @param {{ project: string, file: string }} wheel
 * @param {{ cert?: string | undefined }} [options]
 * @returns {Promise<URL | undefined>}
 */
export function findInIndex(index, { project, file }, { cert } = {}) {
  const name = project.toLowerCase().replace(/[-_.]+/g, "-");
  return findOnPage(new URL(`${index.replace(/\/+$/, "")}/${name}/`), file, cert);
}

/**
 * The address of one file among pip's `find-links`: a folder, or a page of links. Undefined if it is not there.
 *
 * @param {string} place a path or an address
 * @param {{ file: string }} wheel
 * @param {{ cert?: string | undefined }} [options]
 * @returns {Promise<URL | undefined>}
 */
export async function findInLinks(place, { file }, { cert } = {}) {
  const url = /^[a-z]+:\/\//i.test(place) ? new URL(place) : pathToFileURL(place);
  if (url.protocol !== "file:") return findOnPage(url, file, cert);
  const folder = fileURLToPath(url);
  if (!existsSync(folder)) return undefined;
  if (!statSync(folder).isDirectory()) return findOnPage(url, file, cert);
  return existsSync(join(folder, file)) ? pathToFileURL(join(folder, file)) : undefined;
}

/** @param {URL} page @param {string} file @param {string | undefined} cert */
async function findOnPage(page, file, cert) {
  const { url, type, body } = await fetchUrl(page, { cert });
  const pieces = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > pageLimit) throw new Error(`${shown(url)} is larger than ${pageLimit} bytes`);
    pieces.push(piece);
  }
  const text = Buffer.concat(pieces).toString("utf8");
  const link = (type.includes("json") ? jsonLinks(text, url) : htmlLinks(text)).find(
    (link) => fileOf(link, url) === file,
  );
  if (link === undefined) return undefined;
  const found = new URL(link, url);
  found.hash = "";
  if (found.origin === url.origin) [found.username, found.password] = [url.username, url.password];
  return found;
}

/** @param {string} text @param {URL} url @returns {string[]} */
function jsonLinks(text, url) {
  try {
    const files = JSON.parse(text).files;
    return files.flatMap((/** @type {any} */ entry) => (typeof entry?.url === "string" ? [entry.url] : []));
  } catch {
    throw new Error(`${shown(url)} is not a package index: its JSON cannot be read`);
  }
}

/** @param {string} text @returns {string[]} */
function htmlLinks(text) {
  const links = text.matchAll(/<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')/gi);
  return Array.from(links, ([, double, single]) => (double ?? single ?? "").replaceAll("&amp;", "&"));
}

/** The last part of a link's path. @param {string} link @param {URL} base */
function fileOf(link, base) {
  try {
    return decodeURIComponent(new URL(link, base).pathname.split("/").at(-1) ?? "");
  } catch {
    return "";
  }
}
