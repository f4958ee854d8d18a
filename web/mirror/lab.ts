// The mirror alone, for tests and experiments in a page without the app.
export { listenToMirror } from './actions';
export { Mirror } from './dom';
export { buildMirror } from './elements';
