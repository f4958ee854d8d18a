// What the build needs of the mirror: the first frame as HTML.
export { buildMirror } from './elements';
export { toHtml } from './html';
