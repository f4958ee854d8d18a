// The import worker: a script of its own, whose module has no page. It streams files into an
// ImportSession; bytes never leave this machine and are never kept.
//
//   page --{start, engine, book}--> worker --{ready}--> page
//   page --{import, files}--> worker --{progress}…--> {done, report} | {failed, message}
//   page --{cancel}---------> the flag is read between chunks

import createEngine, { type Engine, type ImportSession } from 'engine';
import { instantiate } from './instantiate';

export interface Progress {
  bytes: number;    // of all files
  total_bytes: number;
  rows: number;
  seconds: number;
}
export type Request =
  | { type: 'start'; engine: string; book: Uint8Array }
  | { type: 'import'; files: File[]; options: string }
  | { type: 'cancel' };
export type Reply =
  | { type: 'ready' }
  | { type: 'progress'; progress: Progress }
  | { type: 'done'; report: string; seconds: number; hasFailed: boolean }
  | { type: 'cancelled' }
  | { type: 'failed'; message: string };

const kChunk = 1 << 20;
const kProgressEvery = 50;  // milliseconds
const kListenEvery = 30;

// Chunks that are at hand come one after the other without a pause in which a message could arrive;
// a message to oneself makes that pause, at once and unlike a timer without a least delay.
const pause = (() => {
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return (): Promise<void> => new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
})();

class Import {
  isCancelled = false;
  #posted = 0;
  #listened = 0;
  #started = performance.now();
  #rowsBefore = 0;
  #bytesBefore = 0;

  constructor(readonly engine: Engine, readonly session: ImportSession, readonly files: File[],
              readonly post: (reply: Reply) => void) {}

  get seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  async run(): Promise<void> {
    for (const file of this.files) {
      this.session.beginFile(file.name);
      await this.#feed(file);
      if (this.isCancelled) return this.session.cancelFile();
      this.#rowsBefore += this.session.rows();
      this.#bytesBefore += file.size;
      this.session.finishFile();
    }
    this.#progress(0, 0);
  }

  // The stream's bytes go straight into WASM memory; the browser gives them in chunks of its own size.
  async #feed(file: File): Promise<void> {
    const reader = file.stream().getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (this.isCancelled) return void reader.cancel();
      if (done) return;
      for (let at = 0; at < value.length; at += kChunk) {
        const part = value.subarray(at, at + kChunk);
        const address = this.session.buffer(part.length);
        this.engine.HEAPU8.set(part, address);
        this.session.commit(part.length);
        await this.#listen();
        if (this.isCancelled) return void reader.cancel();
      }
      if (performance.now() - this.#posted >= kProgressEvery)
        this.#progress(this.session.bytes(), this.session.rows());
    }
  }

  async #listen(): Promise<void> {
    if (performance.now() - this.#listened < kListenEvery) return;
    await pause();
    this.#listened = performance.now();
  }

  #progress(bytes: number, rows: number): void {
    this.#posted = performance.now();
    const total = this.files.reduce((sum, each) => sum + each.size, 0);
    this.post({ type: 'progress', progress: { bytes: this.#bytesBefore + bytes, total_bytes: total,
      rows: this.#rowsBefore + rows, seconds: this.seconds } });
  }
}

async function importFiles(running: Import, session: ImportSession): Promise<Reply> {
  const wrong = session.error();
  if (wrong) return { type: 'failed', message: wrong };
  await running.run();
  if (running.isCancelled) return { type: 'cancelled' };
  return { type: 'done', report: session.report(), seconds: running.seconds, hasFailed: session.allFailed() };
}

function runWorker(scope: { onmessage: unknown; postMessage(reply: Reply): void }): void {
  let engine: Promise<Engine> | undefined;
  let running: Import | undefined;
  const onRequest = async (request: Request): Promise<void> => {
    if (request.type === 'cancel' && running) running.isCancelled = true;
    if (request.type === 'start') {
      engine = instantiate(createEngine, request.engine, Promise.resolve(request.book), {});
      await engine;
      scope.postMessage({ type: 'ready' });
    }
    if (request.type !== 'import' || !engine) return;
    const ready = await engine;
    const session = new ready.ImportSession(request.options);
    running = new Import(ready, session, request.files, (reply) => scope.postMessage(reply));
    try {
      scope.postMessage(await importFiles(running, session));
    } finally {
      session.delete();
      running = undefined;
    }
  };
  scope.onmessage = (event: MessageEvent<Request>) => {
    onRequest(event.data).catch((error: unknown) => {
      scope.postMessage({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    });
  };
}

runWorker(self as unknown as Parameters<typeof runWorker>[0]);
