import type { OpenTextsOptions } from "@nearfar/data";
import type { SentenceEncoder } from "@nearfar/encoders";
import { kMeans } from "@nearfar/evaluation";
import type { Vectors } from "@nearfar/formats";
import type { Key } from "@nearfar/random";
import { communities } from "@nearfar/search";
import { normalize, tf } from "@nearfar/tensor";
import { readCorpus } from "./readCorpus.ts";
import type { EncodingProgress } from "./withEncoder.ts";

export interface ClusterTextsOptions {
  /** So many clusters by k-means; or by how near a text is to a centre, of which there are as many as there are. */
  readonly by: { readonly clusters: number } | { readonly threshold: number; readonly least?: number };
  readonly columns?: OpenTextsOptions;
  readonly progress?: EncodingProgress;
  readonly say?: (line: string) => void;
}

export interface TextClusters {
  /** The largest first. */
  readonly clusters: readonly { readonly size: number; readonly nearest: readonly string[] }[];
  /** Texts in none, by threshold. */
  readonly alone: number;
  /** The texts in their order, the cluster of each, from 1 as they stand in `clusters`, and its cosine to the centre; null for none. */
  readonly rows: readonly { readonly text: string; readonly cluster: number | null; readonly cosine: number | null }[];
}

/**
 * Groups texts by the cosine of their vectors, with the three texts nearest to each centre.
 *
 * By `clusters`: `kMeans` over vectors of length 1, its draws from `key`; the centre is their mean. By `threshold`: `communities`, whose
 * centre is a text. No text, and more clusters than texts, are a `UserError`.
 */
export async function clusterTexts(
  key: Key,
  encoder: SentenceEncoder,
  files: readonly string[],
  { by, progress, ...options }: ClusterTextsOptions,
): Promise<TextClusters> {
  const texts = await readCorpus(files, options);
  const vectors = unitRows(await encoder.encode(texts, { progress: (done) => progress?.(done, texts.length) }));
  const groups = "clusters" in by ? byMeans(key, vectors, by.clusters) : byThreshold(vectors, by);
  const rows: { text: string; cluster: number | null; cosine: number | null }[] = texts.map((text) => ({
    text,
    cluster: null,
    cosine: null,
  }));
  groups.sort((a, b) => b.members.length - a.members.length); // stable
  const clusters = groups.map(({ members, centre }, place) => {
    const length = Math.sqrt(dot(centre, centre)) || 1;
    for (const row of members)
      Object.assign(rows[row]!, { cluster: place + 1, cosine: dot(rowOf(vectors, row), centre) / length });
    const sorted = [...members].sort((a, b) => rows[b]!.cosine! - rows[a]!.cosine!);
    return { size: members.length, nearest: sorted.slice(0, SHOWN).map((row) => texts[row]!) };
  });
  return { clusters, alone: rows.filter(({ cluster }) => cluster === null).length, rows };
}

const SHOWN = 3;

interface Group {
  readonly members: readonly number[];
  readonly centre: Float32Array;
}

function byMeans(key: Key, vectors: Vectors, clusters: number): Group[] {
  const { assignments, centroids } = kMeans(key, vectors, { clusters });
  const members = Array.from({ length: clusters }, (): number[] => []);
  assignments.forEach((cluster, row) => members[cluster]!.push(row));
  return members.map((rows, cluster) => ({ members: rows, centre: rowOf(centroids, cluster) }));
}

function byThreshold(vectors: Vectors, by: { threshold: number; least?: number }): Group[] {
  return communities(vectors, by).map((members) => ({ members, centre: rowOf(vectors, members[0]!) }));
}

const rowOf = ({ dimensions: d, data }: Vectors, row: number) => data.subarray(row * d, (row + 1) * d);

function unitRows({ rows, dimensions, data }: Vectors): Vectors {
  const unit = tf.tidy(() => normalize(tf.tensor2d(data, [rows, dimensions])).dataSync());
  return { rows, dimensions, data: unit as Float32Array };
}

const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, j) => sum + value * y[j]!, 0);
