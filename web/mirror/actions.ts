// What a person does to the mirror's elements becomes actions of the app: one listener per event on
// the root. The widget with that id returns the action in the next frame as if it had been clicked.

import type { ActionKind } from '../types';
import { isTextField } from './dom';

const kept = new WeakMap<HTMLInputElement, string>();  // what Escape brings back

export type Act = (id: string, kind: ActionKind, value: string) => void;

const idOf = (target: EventTarget | null): string | undefined =>
  target instanceof HTMLElement ? target.closest<HTMLElement>('[data-id]')?.dataset.id : undefined;

// Fields speak through `input` and `change`; everything else is pressed.
function onClick(event: MouseEvent, act: Act): void {
  const id = idOf(event.target);
  const element = (event.target as HTMLElement).closest('a, button, [role=option], [role=combobox]');
  if (id === undefined || !element) return;
  event.preventDefault();
  const isOpenField = element.role === 'combobox' && element.ariaExpanded === 'true';  // a click sets the caret
  if (element.ariaDisabled !== 'true' && !isOpenField) act(id, 'click', '');
}

function onInput(event: Event, act: Act): void {
  const id = idOf(event.target);
  if (id === undefined || !(event.target instanceof HTMLInputElement)) return;
  if (event.target.type === 'range') act(id, 'set', event.target.value);
  if (isTextField(event.target)) act(id, 'input', event.target.value);
}

function onChange(event: Event, act: Act): void {
  const id = idOf(event.target);
  if (id === undefined || !(event.target instanceof HTMLInputElement)) return;
  if (event.target.type === 'checkbox') act(id, 'set', String(event.target.checked));
  if (!isTextField(event.target)) return;
  kept.set(event.target, event.target.value);
  act(id, 'set', event.target.value);
}

const kListKeys = new Set(['ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp', 'Enter', 'Escape', 'Tab']);

// The app walks an open list itself and says which option is active; the keyboard stays in the field.
function onComboboxKey(event: KeyboardEvent, field: HTMLElement, act: Act): boolean {
  const id = idOf(field);
  if (id === undefined || !kListKeys.has(event.key)) return false;
  const isOpen = field.ariaExpanded === 'true';
  if (!isOpen && event.key !== 'ArrowDown' && event.key !== 'Enter') return false;
  if (isOpen && (event.key === 'Home' || event.key === 'End') && !event.ctrlKey) return false;  // the caret's
  act(id, isOpen ? 'key' : 'click', isOpen ? event.key : '');
  return event.key !== 'Tab';
}

const kSteps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

// A row of choices: the arrows choose the neighbour.
function onChoicesKey(event: KeyboardEvent, list: HTMLElement, act: Act): boolean {
  const options = [...list.querySelectorAll<HTMLElement>('[role=option]:not([aria-disabled])')];
  const chosen = options.findIndex((option) => option.ariaSelected === 'true');
  const step = kSteps[event.key];
  const next = event.key === 'Home' ? 0 : event.key === 'End' ? options.length - 1 : step && chosen + step;
  const wanted = next === undefined ? undefined : options[next];
  if (wanted) act(list.dataset.group ?? '', 'set', wanted.dataset.id ?? '');
  return next !== undefined;
}

function onDialogKey(event: KeyboardEvent, act: Act): boolean {
  const dialog = event.target instanceof HTMLElement && event.target.closest<HTMLElement>('[role=dialog]');
  if (!dialog || event.key !== 'Escape') return false;
  act(dialog.dataset.group ?? '', 'key', 'Escape');
  return true;
}

// Escape takes back what was typed since the field was entered or last committed; leaving it with that
// text still in it would commit it.
function leaveUnchanged(field: HTMLInputElement): void {
  field.value = kept.get(field) ?? field.value;
  field.blur();
}

function onKey(event: KeyboardEvent, act: Act): void {
  const { target } = event;
  if (!(target instanceof HTMLElement) || event.isComposing) return;
  if ((target.role === 'listbox' && onChoicesKey(event, target, act)) || (target.role === 'combobox' && onComboboxKey(event, target, act)) || onDialogKey(event, act))
    event.preventDefault();
  else if (event.key === 'Escape' && isTextField(target)) leaveUnchanged(target);
}

export function listenToMirror(root: HTMLElement, act: Act): void {
  root.addEventListener('click', (event) => onClick(event, act));
  root.addEventListener('input', (event) => onInput(event, act));
  root.addEventListener('change', (event) => onChange(event, act));
  root.addEventListener('keydown', (event) => onKey(event, act));
  root.addEventListener('focusin', (event) => {
    const id = idOf(event.target);
    if (id === undefined) return;
    if (isTextField(event.target)) kept.set(event.target, event.target.value);
    act(id, 'focus', '');
    act(id, 'scroll_into_view', '');
  });
  root.addEventListener('focusout', (event) => {
    const id = idOf(event.target);
    if (id !== undefined) act(id, 'blur', '');
  });
  // Pressing an option must not take the keyboard from the field above the list.
  root.addEventListener('mousedown', (event) => {
    if (event.target instanceof HTMLElement && event.target.closest('[role=option]')) event.preventDefault();
  });
}
