/** What an `Event` of TensorBoard can say here. */
export interface EventFields {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step?: number;
  readonly fileVersion?: string;
  readonly tags?: Readonly<Record<string, number>>;
  /** `SessionLog.START`: TensorBoard drops older events of this step and later ones. */
  readonly restart?: boolean;
}

/**
 * The protobuf bytes of an `Event` (tensorflow `core/util/event.proto`, `core/framework/summary.proto`), as the reference encoder
 * writes them: fields in the order of their numbers, zeros left out.
 * Event: wall_time 1, step 2, file_version 3, summary 5, session_log 7. Summary: value 1. Value: tag 1, simple_value 2. SessionLog: status 1.
 */
export function encodeEvent({ wallTime, step = 0, fileVersion, tags, restart = false }: EventFields): Uint8Array {
  if (!Number.isSafeInteger(step) || step < 0) throw new RangeError(`a step is a whole number >= 0; got ${step}`);
  const parts: Uint8Array[] = [];
  if (wallTime !== 0) parts.push(double(1, wallTime));
  if (step !== 0) parts.push(varint(2 << 3), varint(step));
  if (fileVersion !== undefined) parts.push(message(3, [Buffer.from(fileVersion)]));
  if (tags !== undefined) {
    const values = Object.entries(tags).map(([tag, value]) => message(1, [text(1, tag), float(2, value)]));
    parts.push(message(5, values));
  }
  if (restart) parts.push(message(7, [varint(1 << 3), varint(1)]));
  return Buffer.concat(parts);
}

/** A field's key is its number and its wire type: 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes. */
function message(field: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(parts);
  return Buffer.concat([varint((field << 3) | 2), varint(body.length), body]);
}

function text(field: number, value: string): Uint8Array {
  return value === "" ? new Uint8Array(0) : message(field, [Buffer.from(value)]);
}

function double(field: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(9);
  bytes[0] = (field << 3) | 1;
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

function float(field: number, value: number): Uint8Array {
  const bytes = Buffer.alloc(5);
  bytes[0] = (field << 3) | 5;
  bytes.writeFloatLE(value, 1);
  return bytes;
}

/** Seven bits a byte, the lowest first; arithmetic and not shifts, since a step can pass 2^31. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}
