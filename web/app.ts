// The page's script.

import { BookError } from './instantiate';
import { runPage } from './page';

runPage().catch((error: unknown) => {
  console.error(error);
  document.documentElement.classList.add('failed');
  const note = document.getElementById('failure');
  const remedy = error instanceof BookError ? 'Reload the page to try again.'
    : 'A browser with WebAssembly SIMD (2021 or later) is needed.';
  if (note) note.textContent = `The calculator could not start: ${error instanceof Error ? error.message : error}. `
    + `The figures below are the example as delivered. ${remedy}`;
});
