/** A compiled module. */
export type WasmModule = object;

/** Memory that threads share. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}

interface WebAssembly {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => WasmMemory;
  readonly Instance: new (
    module: WasmModule,
    imports: { env: { memory: WasmMemory } },
  ) => { readonly exports: { readonly run: (...numbers: number[]) => void } };
}

/** The runtime's WebAssembly: its types come with browsers' alone. */
export const webAssembly = (globalThis as unknown as { WebAssembly: WebAssembly }).WebAssembly;
