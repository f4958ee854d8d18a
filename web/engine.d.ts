// The Emscripten module that CMake builds from wasm/main.cpp and wasm/bindings.cpp (engine.js).

declare module 'engine' {
  export interface ImportSession {
    // Empty, or the contract's error as JSON: the options were wrong and nothing can be imported.
    error(): string;
    beginFile(path: string): void;
    // Address in HEAPU8 of `size` bytes to write; then commit() how many they were.
    buffer(size: number): number;
    commit(size: number): void;
    finishFile(): boolean;         // false if the file failed; its entry of the report says why
    cancelFile(): void;
    allFailed(): boolean;
    bytes(): number;
    rows(): number;
    report(): string;
    delete(): void;
  }

  // The application and the platform under it. After every frame EngineOptions.onFrame is called.
  export interface App {
    attach(wantsWebgl: boolean): boolean;  // takes the page's canvas; true if WebGL2 draws
    act(id: string, kind: string, value: string): void;
    frame(): void;                 // draws one frame now; where no page asks for frames (Node)
    semantics(): string;           // JSON, or empty if it is as it was at the last call
    effects(): string;             // JSON array of the effects since the last call, or empty
    frameCount(): number;
    frameMilliseconds(): number;   // of the last frame, in ImGui and the app
  }

  export interface Engine {
    HEAPU8: Uint8Array;
    ImportSession: new (optionsJson: string) => ImportSession;
    App: new (nowSeconds: number) => App;

    // The price book (dist/book.HASH.json), once, before anything else. Empty, or the contract's error.
    loadBook(document: string | Uint8Array): string;

    // core/api.h: JSON text in, JSON text out.
    price(request: string): string;
    models(request: string): string;
    capacity(request: string): string;
    evaluate(scenario: string, withCoalitions: boolean, draws: number, seed: number): string;
    version(): string;
  }

  export interface EngineOptions {
    instantiateWasm?(imports: WebAssembly.Imports,
                     done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): object;
    wasmBinary?: ArrayBuffer;
    onFrame?(): void;
    isDragTarget?(x: number, y: number): boolean;
  }

  export default function createEngine(options?: EngineOptions): Promise<Engine>;
}
