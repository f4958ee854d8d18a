// The Emscripten modules that CMake builds: engine.js from wasm/bindings.cpp, for the import worker and
// Node, and application.js from wasm/main.cpp, for the page. Each wants the price book before anything else.

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

  export interface Engine {
    HEAPU8: Uint8Array;
    ImportSession: new (optionsJson: string) => ImportSession;
    loadBook: LoadBook;

    // core/api.h: JSON text in, JSON text out.
    price(request: string): string;
    models(request: string): string;
    capacity(request: string): string;
    evaluate(scenario: string, withCoalitions: boolean, draws: number, seed: number): string;
    version(): string;
  }

  export default function createEngine(options?: ModuleOptions): Promise<Engine>;
}

declare module 'application' {
  // The application and the platform under it. After every frame ApplicationOptions.onFrame is called.
  export interface App {
    attach(wantsWebgl: boolean): boolean;  // takes the page's canvas; true if WebGL2 draws
    act(id: string, kind: string, value: string): void;
    frame(): void;                 // draws one frame now; where no page asks for frames (Node)
    semantics(): string;           // JSON, or empty if it is as it was at the last call
    effects(): string;             // JSON array of the effects since the last call, or empty
    frameCount(): number;
    frameMilliseconds(): number;   // of the last frame, in ImGui and the app
  }

  export interface Application {
    App: new (nowSeconds: number) => App;
    loadBook: LoadBook;
  }

  export interface ApplicationOptions extends ModuleOptions {
    onFrame?(): void;
    isDragTarget?(x: number, y: number): boolean;
  }

  export default function createApplication(options?: ApplicationOptions): Promise<Application>;
}

// The price book (dist/book.HASH.json), once. Empty, or the contract's error.
type LoadBook = (document: string | Uint8Array) => string;

interface ModuleOptions {
  instantiateWasm?(imports: WebAssembly.Imports,
                   done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): object;
  wasmBinary?: ArrayBuffer;
}
