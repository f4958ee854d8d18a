// The page and its import worker each have a module of their own (application, engine) and the same price
// book, a file beside them that is handed to every instance as bytes.

// The price book cannot be had, or is none.
export class BookError extends Error {}

export async function fetchBook(address: string): Promise<Uint8Array> {
  const response = await fetch(address).catch((error: unknown) => {
    throw new BookError(`the price book could not be fetched (${error instanceof Error ? error.message : error})`);
  });
  if (!response.ok) throw new BookError(`the price book could not be fetched (${response.status} ${response.statusText})`);
  return new Uint8Array(await response.arrayBuffer());
}

// `create` is a module's factory (application.js, engine.js); its code is compiled while it downloads.
export async function instantiate<Instance extends { loadBook: LoadBook }, Options extends ModuleOptions>(
    create: (options?: Options) => Promise<Instance>, code: string, book: Promise<Uint8Array>, options: NoInfer<Options>): Promise<Instance> {
  const module = await WebAssembly.compileStreaming(fetch(code));
  const made = await new Promise<Instance>((resolve, reject) => {
    create({
      ...options,
      instantiateWasm(imports, done) {
        WebAssembly.instantiate(module, imports).then((instance) => done(instance, module), reject);
        return {};
      },
    }).then(resolve, reject);
  });
  const wrong = made.loadBook(await book);
  if (wrong) {
    const { error } = JSON.parse(wrong) as { error: { message: string } };
    throw new BookError(`the price book cannot be read (${error.message})`);
  }
  return made;
}
