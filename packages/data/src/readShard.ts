import { basename } from "node:path";
import { captionDamage } from "./captionDamage.ts";
import type { Damages } from "./damages.ts";
import { fileCaptions } from "./fileCaptions.ts";
import { pictureDamage, type Fault } from "./pictureDamage.ts";
import { pictureExtensions } from "./pictureExtensions.ts";
import { shardParts, type ShardPart } from "./shardParts.ts";
import type { ShardSample } from "./shardSet.ts";

export interface ReadShardOptions {
  readonly damaged: Damages;
  /** Bytes of a picture. */
  readonly maxPictureBytes: number;
}

/**
 * The samples of a shard in its order, by stream: files that stand one after another and have one `key` (`shardParts`), as in
 * WebDataset. Damaged ones go to `damaged`; a shard that is cut gives the samples before the cut.
 *
 * Ends early, with true, where the policy is to stop.
 */
export async function* readShard(
  shard: string,
  { damaged, maxPictureBytes }: ReadShardOptions,
): AsyncGenerator<ShardSample, boolean, undefined> {
  const most = (extension: string) =>
    isPictureExtension(extension) ? maxPictureBytes : captionExtensions.includes(extension) ? LARGEST_TEXT : -1;
  let group: Group | undefined;
  /** The sample whose files were all seen, if it is a whole one; false to stop. */
  const close = (): ShardSample | false | undefined => {
    if (!group) return undefined;
    const { key, picture, captions } = group;
    const name = `${basename(shard)}:${key}`;
    const written = captions?.texts.filter((text) => text.trim() !== "") ?? [];
    const wrong = group.fault ?? (picture ? captionDamage(captions?.texts.length ?? 0, written.length) : noPicture);
    group = undefined;
    damaged.tried();
    if (wrong && !damaged.record({ ...wrong, sample: name })) return false;
    return wrong && (wrong.kind !== "caption empty" || written.length === 0)
      ? undefined
      : { name, picture: picture!, captions: written };
  };
  for await (const part of shardParts(shard, most)) {
    const fault = "kind" in part ? part : undefined;
    // What was read of a sample when its shard ended too early counts where it is a whole one.
    if (fault?.kind === "archive cut" && !(group && isWhole(group))) group = undefined;
    if (fault ? fault.kind === "archive cut" : group?.key !== (part as ShardPart).key) {
      const sample = close();
      if (sample === false) return true;
      if (sample) yield sample;
    }
    if (fault) {
      damaged.tried();
      const named =
        fault.kind === "archive cut" ? basename(shard) : `${basename(shard)} (${fault.reason.slice(0, 200)})`;
      if (!damaged.record({ ...fault, sample: named })) return true;
    } else take((group ??= { key: (part as ShardPart).key }), part as ShardPart, maxPictureBytes);
  }
  const sample = close();
  if (sample === false) return true;
  if (sample) yield sample;
  return false;
}

/** What was seen of a sample. */
interface Group {
  readonly key: string;
  picture?: Uint8Array;
  captions?: { readonly rank: number; readonly texts: readonly string[] };
  fault?: Fault;
}

const isWhole = ({ picture, captions, fault }: Group) => picture !== undefined && captions !== undefined && !fault;

const noPicture: Fault = {
  kind: "picture missing",
  reason: `no file of it is a picture (${pictureExtensions.join(", ")}). Is a dot in its name? The name ends there.`,
};

/** Files of captions: of several the first of these counts. */
const captionExtensions = ["txt", "caption", "json"];

/** Bytes of a file of captions. */
const LARGEST_TEXT = 2 ** 20;

const isPictureExtension = (extension: string) => (pictureExtensions as readonly string[]).includes(extension);

function take(group: Group, { extension, size, bytes }: ShardPart, maxPictureBytes: number): void {
  if (isPictureExtension(extension)) {
    if (group.picture) return; // of several the first counts
    const fault = pictureDamage(bytes ?? new Uint8Array(), size, maxPictureBytes);
    if (fault) group.fault ??= fault;
    else group.picture = bytes!;
    return;
  }
  const rank = captionExtensions.indexOf(extension);
  if (rank < 0 || (group.captions && group.captions.rank < rank)) return;
  const read = bytes ? fileCaptions(extension, bytes) : undefined;
  if (!read)
    group.fault ??= {
      kind: "too large",
      reason: `its .${extension} has ${size} bytes, above ${LARGEST_TEXT}. Is it a caption?`,
    };
  else if ("captions" in read) group.captions = { rank, texts: read.captions };
  else group.fault ??= { kind: "no caption", reason: read.reason };
}
