// One compiled module for the page and its workers: the page compiles it while it downloads and posts
// the WebAssembly.Module, so that a worker starts without a request. The price book is a file of its
// own, fetched beside the module and handed to every instance as bytes.

import createEngine, { type Engine, type EngineOptions } from 'engine';

// The price book cannot be had, or is none.
export class BookError extends Error {}

export async function fetchBook(address: string): Promise<Uint8Array> {
  const response = await fetch(address).catch((error: unknown) => {
    throw new BookError(`the price book could not be fetched (${error instanceof Error ? error.message : error})`);
  });
  if (!response.ok) throw new BookError(`the price book could not be fetched (${response.status} ${response.statusText})`);
  return new Uint8Array(await response.arrayBuffer());
}

export async function instantiate(module: WebAssembly.Module, book: Uint8Array, options: EngineOptions = {}): Promise<Engine> {
  const engine = await new Promise<Engine>((resolve, reject) => {
    createEngine({
      ...options,
      instantiateWasm(imports, done) {
        WebAssembly.instantiate(module, imports).then((instance) => done(instance, module), reject);
        return {};
      },
    }).then(resolve, reject);
  });
  const wrong = engine.loadBook(book);
  if (wrong) {
    const { error } = JSON.parse(wrong) as { error: { message: string } };
    throw new BookError(`the price book cannot be read (${error.message})`);
  }
  return engine;
}
