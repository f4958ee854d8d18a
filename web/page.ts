// The page: starts the engine, keeps the mirror equal to each frame's semantics and does what the app
// cannot do itself (files, clipboard, downloads, theme).
//
//   html.static   the delivered HTML, before WebAssembly runs
//   html.canvas   WebGL2 draws, the mirror lies over the canvas
//   html.page     no WebGL2 or forced colors: the mirror is the page, driven by frames drawn to nowhere

import createApplication, { type App } from 'application';
import { Importer, listenToFiles } from './importer';
import { fetchBook, instantiate } from './instantiate';
import { type Act, listenToMirror } from './mirror/actions';
import { isTextField, Mirror } from './mirror/dom';
import { buildMirror } from './mirror/elements';
import { ActiveOption, reachScrollers } from './mirror/scrollers';
import type { Effect, Semantics, SemanticsNode } from './types';

const kSettlingFrames = 2;  // ImGui lays some things out a frame late

function byId<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element "${id}"`);
  return found as T;
}

function save(name: string, mime: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: mime }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// A touch that starts on a slider and moves sideways drags it; anything else scrolls.
function isOnSlider(nodes: SemanticsNode[], x: number, y: number): boolean {
  return nodes.some(({ role, rect, children }) => {
    const isHere = role === 'slider' && rect && x >= rect[0] - 12 && x < rect[0] + rect[2] + 12
      && y >= rect[1] - 12 && y < rect[1] + rect[3] + 12;
    return isHere || isOnSlider(children ?? [], x, y);
  });
}

class Page {
  readonly root = document.documentElement;
  readonly mirror = new Mirror(byId('mirror'));
  readonly announcer = byId('announcer');
  readonly systemDark = matchMedia('(prefers-color-scheme: dark)');
  readonly forcedColors = matchMedia('(forced-colors: active)');
  semantics: Semantics | undefined;
  importer!: Importer;
  readonly #activeOption = new ActiveOption();
  #hasWebgl = false;
  #actedAt = -3;

  constructor(readonly app: App) {}

  readonly act: Act = (id, kind, value) => {
    this.#actedAt = this.app.frameCount();
    this.app.act(id, kind, value);
  };

  // Every action asks for three frames.
  isSettled(): boolean {
    return this.app.frameCount() >= this.#actedAt + 3;
  }

  start(): void {
    this.#hasWebgl = this.app.attach(true);
    this.forcedColors.addEventListener('change', () => this.#look());
    addEventListener('beforeprint', () => this.#look(true));
    addEventListener('afterprint', () => this.#look());
    addEventListener('resize', () => reachScrollers(this.mirror.root));
    listenToMirror(this.mirror.root, this.act);
    const isCoarse = matchMedia('(pointer: coarse)');
    const tellTheme = (): void => this.act('', 'system_theme', this.systemDark.matches ? 'dark' : 'light');
    const tellPointer = (): void => this.act('', 'pointer', isCoarse.matches ? 'coarse' : 'fine');
    this.systemDark.addEventListener('change', tellTheme);
    isCoarse.addEventListener('change', tellPointer);
    tellTheme();
    tellPointer();
    document.addEventListener('keydown', (event) => this.#onKey(event));
  }

  onFrame(): void {
    const text = this.app.semantics();
    if (text) this.#show(JSON.parse(text) as Semantics);
    const effects = this.app.effects();
    if (effects) for (const effect of JSON.parse(effects) as Effect[]) this.#run(effect);
    if (this.root.classList.contains('static') && this.app.frameCount() >= kSettlingFrames) this.#look();
  }

  // Paper and forced colors cannot show a canvas; they get the page, and the canvas comes back after.
  #look(isPrinting = false): void {
    if (this.root.classList.contains('static')) performance.mark('canvas-painted');
    const isCanvas = this.#hasWebgl && !isPrinting && !this.forcedColors.matches;
    this.root.classList.remove('static', 'canvas', 'page');
    this.root.classList.add(isCanvas ? 'canvas' : 'page');
    reachScrollers(this.mirror.root);
  }

  #show(semantics: Semantics): void {
    this.semantics = semantics;
    document.title = semantics.title;
    this.#applyTheme(semantics.theme);
    this.mirror.update(buildMirror(semantics));
    if (this.root.classList.contains('page')) {
      reachScrollers(this.mirror.root);
      this.#activeOption.follow(this.mirror.root);
    }
    const said = semantics.announce ?? '';
    if (this.announcer.textContent !== said) this.announcer.textContent = said;
  }

  #applyTheme(theme: Semantics['theme']): void {
    const system = this.systemDark.matches ? 'dark' : 'light';
    const scheme = theme === 'system' ? system : theme;
    if (this.root.dataset.theme !== scheme) this.root.dataset.theme = scheme;
  }

  #run(effect: Effect): void {
    switch (effect.type) {
      case 'pick_file': return byId<HTMLInputElement>('files').click();
      case 'cancel_import': return this.importer.cancel();
      case 'copy': return void navigator.clipboard.writeText(effect.text);
      case 'download': return save(effect.name, effect.mime, effect.text);
      case 'theme': return this.#applyTheme(effect.value);
      case 'focus': return this.mirror.find(effect.id)?.focus();
    }
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !isTextField(event.target)) this.act('', 'escape', '');
    const isUndo = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'z';
    if (!isUndo || isTextField(event.target)) return;  // a field undoes its own typing
    event.preventDefault();
    this.act(event.shiftKey ? 'redo' : 'undo', 'click', '');
  }
}

// The file that the page's head has the browser fetch early.
const preloaded = (type: string): string =>
  document.querySelector<HTMLLinkElement>(`link[rel=preload][type="${type}"]`)?.href ?? '';

// An address that the page's head names for later.
const later = (name: string): string =>
  new URL(document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? '', document.baseURI).href;

export async function runPage(): Promise<void> {
  const book = fetchBook(preloaded('application/json'));
  let page: Page | undefined;
  const application = await instantiate(createApplication, preloaded('application/wasm'), book, {
    onFrame: () => page?.onFrame(),
    isDragTarget: (x, y) => isOnSlider(page?.semantics?.nodes ?? [], x, y),
  });
  page = new Page(new application.App(Date.now() / 1000));
  page.importer = new Importer(later('worker'), later('engine'), await book, page.act);
  listenToFiles(byId<HTMLInputElement>('files'), page.importer);
  page.start();
  const importer = page.importer;
  setTimeout(() => importer.warmUp(), 300);
  importer.onReady = () => { document.documentElement.dataset.ready = 'true'; };  // nothing is requested after this
  // For tests and the curious: how often the app draws, how long it takes, what it says.
  Object.assign(window, { tokenlever: {
    frames: () => page?.app.frameCount(), frameMilliseconds: () => page?.app.frameMilliseconds(),
    isSettled: () => page?.isSettled(), imports: () => importer.running, semantics: () => page?.semantics,
  } });
}
