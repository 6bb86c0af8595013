import { leb } from "./leb.ts";
import type { Code } from "./wasm.ts";

/** A function without results: its parameters and further variables by name, in order, and its instructions. */
export interface WasmFunction {
  readonly parameters: Readonly<Record<string, ValueType>>;
  readonly locals: Readonly<Record<string, ValueType>>;
  readonly body: (variables: Variables) => Code;
}

/** Instructions on the variables of a function. */
export interface Variables {
  get(name: string): Code;
  set(name: string, value: Code): Code;
}

export type ValueType = keyof typeof TYPES;

/**
 * The bytes of a WebAssembly module of these functions; the last is its export "run", and it imports a shared memory "env"."memory".
 *
 * Format: WebAssembly core specification, 5.5; the threads proposal for the shared memory.
 */
export function assemble(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [
    0x60,
    ...list(Object.values(parameters).map((type) => [TYPES[type]])),
    0,
  ]);
  const memory = [...text("env"), ...text("memory"), 2, SHARED, 0, ...leb(65_536)]; // 0 to 65,536 pages: any memory fits
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(2, list([memory])),
    ...section(3, list(functions.map((_, index) => leb(index)))),
    ...section(7, list([[...text("run"), 0, ...leb(functions.length - 1)]])),
    ...section(10, list(functions.map(code))),
  ]);
}

const TYPES = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
const SHARED = 3;

function code({ parameters, locals, body }: WasmFunction): number[] {
  const names = [...Object.keys(parameters), ...Object.keys(locals)];
  const at = (name: string): number[] => {
    const index = names.indexOf(name);
    if (index === -1) throw new Error(`assemble: the function has no variable ${name}.`);
    return leb(index);
  };
  const instructions = body({
    get: (name) => [0x20, ...at(name)],
    set: (name, value) => [...value, 0x21, ...at(name)],
  });
  return sized([...list(Object.values(locals).map((type) => [1, TYPES[type]])), ...instructions, 0x0b]);
}

const sized = (bytes: Code): number[] => [...leb(bytes.length), ...bytes];
const section = (id: number, content: Code): number[] => [id, ...sized(content)];
const list = (items: readonly Code[]): number[] => [...leb(items.length), ...items.flat()];
const text = (ascii: string): number[] => sized([...Buffer.from(ascii)]);
