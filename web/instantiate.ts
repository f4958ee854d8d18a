// One compiled module for the page and its workers: the page compiles it while it downloads and posts
// the WebAssembly.Module, so that a worker starts without a request.

import createEngine, { type Engine, type EngineOptions } from 'engine';

export function instantiate(module: WebAssembly.Module, options: EngineOptions = {}): Promise<Engine> {
  return new Promise((resolve, reject) => {
    createEngine({
      ...options,
      instantiateWasm(imports, done) {
        WebAssembly.instantiate(module, imports).then((instance) => done(instance, module), reject);
        return {};
      },
    }).then(resolve, reject);
  });
}
