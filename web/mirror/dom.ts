// Keeps a DOM tree equal to the latest elements. An element stays the same DOM object as long as its
// key and tag stay, so focus, selection and a screen reader's place survive every frame. The elements
// of the delivered HTML are adopted: their keys are their ids and their order.

import type { Rect } from '../types';
import type { Element as Wanted } from './elements';

interface Known {
  wanted?: Wanted;                       // what this DOM element shows; absent on adopted ones
  place?: string;
}

const kFramesBehind = 4;

export class Mirror {
  #known = new WeakMap<HTMLElement, Known>();
  #typing: HTMLInputElement | null = null;
  #sliding: { slider: HTMLInputElement; value: string; patience: number } | null = null;

  constructor(readonly root: HTMLElement) {
    root.addEventListener('input', (event) => {
      const { target } = event;
      if (isTextField(target)) this.#typing = target;
      else if (target instanceof HTMLInputElement && target.type === 'range')
        this.#sliding = { slider: target, value: target.value, patience: kFramesBehind };
    });
    for (const type of ['change', 'focusout'])
      root.addEventListener(type, () => { this.#typing = null; });
  }

  update(wanted: Wanted): void {
    const { activeElement } = document;
    this.#patch(this.root, wanted);
    // An element that was moved, as when levers change places, has lost the keyboard.
    if (activeElement instanceof HTMLElement && activeElement !== document.activeElement && this.root.contains(activeElement))
      activeElement.focus({ preventScroll: true });
  }

  find(id: string): HTMLElement | null {
    return document.getElementById(`m-${id}`);
  }

  #patch(dom: HTMLElement, wanted: Wanted): void {
    const known = this.#known.get(dom) ?? {};
    this.#known.set(dom, known);
    patchAttributes(dom, known.wanted?.attributes, wanted.attributes);
    if (dom === this.#typing && isOpening(wanted, known.wanted)) this.#typing = null;  // it closed: it was picked
    if (dom instanceof HTMLInputElement && dom !== this.#typing && !this.#isAhead(dom, wanted)) patchField(dom, wanted);
    if (isOpening(known.wanted, wanted) && dom === document.activeElement && dom !== this.#typing)
      (dom as HTMLInputElement).select();
    place(dom, known, wanted);
    this.#patchChildren(dom, wanted.children);
    known.wanted = wanted;
  }

  // Frames that were under way do not know the slider's newest value yet and must not take it back.
  #isAhead(dom: HTMLInputElement, wanted: Wanted): boolean {
    if (dom !== this.#sliding?.slider) return false;
    if (Number(wanted.value) !== Number(this.#sliding.value) && --this.#sliding.patience > 0) return true;
    this.#sliding = null;
    return false;
  }

  #patchChildren(dom: HTMLElement, wanted: (Wanted | string)[]): void {
    if (wanted.length === 1 && typeof wanted[0] === 'string') {
      if (dom.childNodes.length !== 1 || dom.firstChild?.nodeType !== Node.TEXT_NODE) dom.textContent = wanted[0];
      else if (dom.textContent !== wanted[0]) dom.firstChild.nodeValue = wanted[0];
      return;
    }
    // What is gone goes first: moving an element that stays would take its focus.
    const keys = new Set(wanted.map((child) => (typeof child === 'string' ? '' : child.key)));
    const byKey = new Map<string, HTMLElement>();
    for (const child of [...dom.children] as HTMLElement[]) {
      const key = this.#known.get(child)?.wanted?.key;
      if (key === undefined) continue;
      if (keys.has(key)) byKey.set(key, child);
      else child.remove();
    }
    let next: ChildNode | null = dom.firstChild;
    for (const child of wanted) {
      const reused = typeof child === 'string' ? null : this.#reuse(child, byKey, next);
      const made = reused ?? (typeof child === 'string' ? document.createTextNode(child) : document.createElement(child.tag));
      if (made === next) next = next.nextSibling;
      else dom.insertBefore(made, next);
      if (typeof child !== 'string') this.#patch(made as HTMLElement, child);
    }
    while (next) {
      const gone = next;
      next = next.nextSibling;
      gone.remove();
    }
  }

  #reuse(wanted: Wanted, byKey: Map<string, HTMLElement>, next: ChildNode | null): HTMLElement | null {
    const kept = wanted.key === '' ? undefined : byKey.get(wanted.key);
    if (kept) return kept.localName === wanted.tag ? kept : null;
    if (!(next instanceof HTMLElement) || next.localName !== wanted.tag) return null;
    const known = this.#known.get(next)?.wanted;
    const isSame = known ? known.key === wanted.key : next.id === (wanted.attributes.id ?? '');
    return isSame ? next : null;
  }
}

// A list that opens is filtered by typing: what stands in the field is to be replaced, unless typing
// it has opened the list. Read backwards it tells a list that closes.
function isOpening(before: Wanted | undefined, after: Wanted | undefined): boolean {
  return after?.attributes.role === 'combobox' && after.attributes['aria-expanded'] === 'true'
    && before?.attributes['aria-expanded'] !== 'true';
}

export function isTextField(target: unknown): target is HTMLInputElement {
  return target instanceof HTMLInputElement && target.type === 'text';
}

function patchAttributes(dom: HTMLElement, before: Record<string, string> | undefined,
                         after: Record<string, string>): void {
  for (const [name, value] of Object.entries(after))
    if (before ? before[name] !== value : dom.getAttribute(name) !== value) dom.setAttribute(name, value);
  for (const name of before ? Object.keys(before) : dom.getAttributeNames())
    if (!(name in after) && name !== 'style') dom.removeAttribute(name);
}

function patchField(dom: HTMLInputElement, wanted: Wanted): void {
  if (wanted.value !== undefined && dom.value !== wanted.value) dom.value = wanted.value;
  if (wanted.checked !== undefined && dom.checked !== wanted.checked) dom.checked = wanted.checked;
}

// What of an element lies outside its clip must not show a focus ring there.
function clipPath([x, y, width, height]: Rect, clip: Rect): string {
  const margin = 4;
  const cut = [clip[1] - y, x + width - clip[0] - clip[2], y + height - clip[1] - clip[3], clip[0] - x];
  if (cut.every((edge) => edge <= 0)) return 'none';
  return `inset(${cut.map((edge) => (edge > 0 ? `${edge}px` : `-${margin}px`)).join(' ')})`;
}

// Rectangles and the look of fields go along as custom properties: only canvas.css uses them.
function place(dom: HTMLElement, known: Known, wanted: Wanted): void {
  const { rect, clip, style } = wanted;
  const now = rect ? JSON.stringify([rect, clip, style]) : undefined;
  if (known.place === now) return;
  known.place = now;
  if (!rect) return dom.removeAttribute('style');
  const set = (name: string, value: string): void => dom.style.setProperty(name, value);
  ['--x', '--y', '--w', '--h'].forEach((name, index) => set(name, `${rect[index]}px`));
  set('--clip', clip ? clipPath(rect, clip) : 'none');
  if (!style) return;
  set('--field-font', `${style.weight} ${style.size}px/1 var(--font)`);
  set('--field-align', style.align);
  set('--field-padding', `${style.padding}px`);
  set('--field-color', style.color);
  set('--field-background', style.background);
}
