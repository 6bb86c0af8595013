import { open } from "node:fs/promises";
import type { Vectors } from "@nearfar/formats";

/** A float32 matrix of an npy file that this benchmark made, read in pieces: it may be larger than one read takes. */
export async function readMatrix(path: string): Promise<Vectors> {
  const handle = await open(path, "r");
  try {
    const start = Buffer.alloc(10);
    await handle.read(start, 0, 10, 0);
    const at = 10 + start.readUInt16LE(8);
    const header = Buffer.alloc(at - 10);
    await handle.read(header, 0, header.length, 10);
    const [, rows, dimensions] = /'shape': \((\d+), (\d+)\)/.exec(header.toString("latin1"))!.map(Number);
    const data = new Float32Array(rows! * dimensions!);
    const bytes = new Uint8Array(data.buffer);
    for (let done = 0; done < bytes.length;) {
      const { bytesRead } = await handle.read(bytes, done, Math.min(2 ** 28, bytes.length - done), at + done);
      if (bytesRead === 0) throw new Error(`${path}: the file is too short.`);
      done += bytesRead;
    }
    return { rows: rows!, dimensions: dimensions!, data };
  } finally {
    await handle.close();
  }
}
