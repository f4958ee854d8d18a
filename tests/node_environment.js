// Emscripten gives a program an environment of its own; the tests want to know where the shared
// material is. ENV exists only in programs that call getenv.
(Module.preRun ??= []).push(() => {
  if (typeof ENV !== 'undefined' && process.env.TOKENLEVER_SHARED)
    ENV.TOKENLEVER_SHARED = process.env.TOKENLEVER_SHARED;
});
