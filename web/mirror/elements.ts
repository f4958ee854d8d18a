// The semantics tree as elements: one function per role, pure, the same for the page's DOM (dom.ts)
// and for the HTML that is delivered before WebAssembly has loaded (html.ts).
//
// Two looks share these elements. Over the canvas each element with a `rect` lies, unseen, on the
// picture it stands for. As a page (no WebGL, print, forced colors, before loading) the rectangles
// are forgotten and page.css lays the same elements out in document order.

import type { FieldStyle, Rect, Role, Semantics, SemanticsNode } from '../types';

export interface Element {
  key: string;
  tag: string;
  attributes: Record<string, string>;
  children: (Element | string)[];
  rect?: Rect;         // only elements that lie on the canvas have one
  clip?: Rect;
  style?: FieldStyle;
  value?: string;      // of a field: set as a property, and never while a person is typing in it
  checked?: boolean;
}

type Child = Element | string;
type Build = (node: SemanticsNode, children: Element[]) => Element;

const domId = (id: string): string => `m-${id}`;

function element(tag: string, attributes: Record<string, string | false | undefined>,
                 children: (Child | false)[] = []): Element {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) kept[name] = value;
  return { key: '', tag, attributes: kept,
    children: children.filter((child): child is Child => child !== false && child !== '') };
}

// An element a person reads or touches: it carries the node's id and lies at its rectangle.
function placed(node: SemanticsNode, built: Element): Element {
  if (node.id) {
    built.attributes['data-id'] = node.id;
    built.attributes.id = domId(node.id);
  }
  if (node.description && !built.attributes['aria-description'])
    built.attributes['aria-description'] = node.description;
  const isExact = node.text && node.value !== undefined;
  if (isExact) built.attributes['data-value'] = String(node.value);
  built.attributes.class = [built.attributes.class, isExact && 'exact', 'placed'].filter(Boolean).join(' ');
  if (node.rect) built.rect = node.rect;
  if (node.clip) built.clip = node.clip;
  if (node.style) built.style = node.style;
  return built;
}

const span = (name: string, text: string | number | undefined): Element | false =>
  text !== undefined && text !== '' && element('span', { class: name }, [String(text)]);
const isTrue = (value: boolean | undefined): 'true' | 'false' => (value ? 'true' : 'false');

function container(tag: string, role?: string): Build {
  return (node, children) =>
    element(tag, { role, 'aria-label': node.name || undefined, 'data-group': node.id }, children);
}

// Words that a person reads: what it is, what the screen says of it, and what it says more. An exact
// value that the screen rounds goes along in data-value.
function reading(node: SemanticsNode): (Child | false)[] {
  const said = String(node.text || node.value || '');
  const words = !node.name || said === node.name || said === ''
    ? [said || node.name || ''] : [span('name', node.name), span('value', said)];
  return [...words, node.role === 'option' && span('more', node.description)];
}

function reader(tag: string, attributes: Record<string, string> = {}): Build {
  return (node, children) => placed(node, element(tag, attributes, [...reading(node), ...children]));
}

// A field with its label. On the canvas the label is part of the picture; what is said beside the field
// is its description for assistive technology.
function field(node: SemanticsNode, control: Element, output: Element | false = false): Element {
  control.attributes['aria-label'] = node.name ?? '';
  const more = span('more', node.description || node.text);
  for (const shown of [output, more]) if (shown) shown.attributes['aria-hidden'] = 'true';
  return element('label', { class: `field ${node.role}` },
    [span('label', node.name), placed(node, control), output, more]);
}

const slider: Build = (node) => {
  const said = node.valuetext || node.value;
  const control = element('input', {
    type: 'range', min: String(node.min ?? 0), max: String(node.max ?? 1), step: String(node.step ?? 'any'),
    'aria-valuetext': said === undefined ? undefined : String(said), disabled: node.disabled && '',
  });
  control.value = String(node.value ?? 0);
  return field(node, control, span('value', said));
};

const toggle: Build = (node) => {
  const control = element('input', { type: 'checkbox', role: 'switch', disabled: node.disabled && '' });
  control.checked = node.checked ?? false;
  return field(node, control);
};

function textField(node: SemanticsNode, attributes: Record<string, string | false | undefined>): Element {
  const control = element('input', {
    type: 'text', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'done',
    inputmode: node.inputmode, 'aria-invalid': node.invalid && 'true', disabled: node.disabled && '', ...attributes,
  });
  control.value = String(node.value ?? '');
  return control;
}

const textbox: Build = (node) => field(node, textField(node, {}));

// A field that filters a list. The list stands elsewhere in the tree while it is open.
const combobox: Build = (node) => field(node, textField(node, {
  role: 'combobox', 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-expanded': isTrue(node.expanded),
  'aria-controls': node.controls && domId(node.controls), enterkeyhint: 'go',
  'aria-activedescendant': node.active && domId(node.active),
}));

const listbox: Build = (node, children) => element('ul', {
  role: 'listbox', 'aria-label': node.name, 'aria-description': node.description, id: node.id && domId(node.id), 'data-group': node.id,
}, children);

const option: Build = (node, children) => placed(node, element('li', {
  role: 'option', 'aria-selected': isTrue(node.selected ?? node.current ?? node.checked),
  'aria-disabled': node.disabled && 'true',
}, [...reading(node), ...children]));

const button: Build = (node, children) => placed(node, element('button', {
  type: 'button', 'aria-disabled': node.disabled && 'true',  // and keeps the keyboard
  'aria-expanded': node.expanded === undefined ? undefined : isTrue(node.expanded),
  'aria-pressed': node.checked === undefined ? undefined : isTrue(node.checked),
  'aria-current': node.current && 'true',
}, [...reading(node), ...children]));

const link: Build = (node, children) => placed(node, element('a', {
  href: `#${node.id ?? ''}`, 'aria-current': node.current && 'page', 'aria-disabled': node.disabled && 'true',
}, [...reading(node), ...children]));

const heading: Build = (node, children) =>
  placed(node, element(`h${Math.min(6, Math.max(1, node.level ?? 2))}`,
    { tabindex: node.level === 1 && '-1' }, [...reading(node), ...children]));

// A chart says its name and what it shows; the table after it is its twin.
const image: Build = (node) => placed(node, element('div', {
  role: 'img', 'aria-label': node.name, 'aria-description': node.text || node.description,
}, [span('name', node.name), span('more', node.text || node.description)]));

const table: Build = (node, children) => placed(node, element('table', {
  role: 'table', 'aria-label': node.name, 'aria-rowcount': node.rows === undefined ? undefined : String(node.rows),
}, children));

function tableCell(tag: string, role: string, scope?: string): Build {
  return (node, children) => {
    const built = placed(node, element(tag, { role, scope, 'aria-sort': node.sort }, [...reading(node), ...children]));
    if (/^[\s\p{Sc}\d.,+\u2212\u2013\u2012%-]+(\s?[kMBT%])?$/u.test(String(node.text || node.value || node.name || '')))
      built.attributes.class += ' figure';
    return built;
  };
}

const progress: Build = (node) => placed(node, element('div', {
  role: 'progressbar', 'aria-label': node.name, 'aria-valuemin': String(node.min ?? 0),
  'aria-valuemax': String(node.max ?? 1), 'aria-valuenow': String(node.value ?? 0), 'aria-valuetext': node.valuetext,
}, [element('progress', { max: String(node.max ?? 1), value: String(node.value ?? 0), 'aria-hidden': 'true' }),
    span('more', node.valuetext ?? node.text)]));

const kFields: ReadonlySet<Role> = new Set<Role>(['switch', 'slider', 'textbox', 'combobox']);

const kBuilders: Record<Role, Build> = {
  main: container('main'), navigation: container('nav'), banner: container('header'),
  region: container('section'), group: container('div', 'group'),
  heading, text: reader('p'), link, button, switch: toggle, slider, textbox, combobox, listbox, option,
  table, row: container('tr', 'row'), columnheader: tableCell('th', 'columnheader', 'col'),
  rowheader: tableCell('th', 'rowheader', 'row'), cell: tableCell('td', 'cell'),
  img: image, progressbar: progress, note: reader('p', { role: 'note' }), status: reader('p', { role: 'status' }),
  alert: reader('p', { role: 'alert' }), separator: (node) => placed(node, element('hr', {})),
};

function build(node: SemanticsNode, index: number): Element {
  const built = kBuilders[node.role](node, withoutRepeats(node.children ?? []).map(build));
  built.key = node.id ?? `${node.role}.${index}`;
  return built;
}

// On the canvas a field's label is drawn, and may be recorded, as a text of its own; here the field says it.
function withoutRepeats(nodes: SemanticsNode[]): SemanticsNode[] {
  const said = new Set(nodes.filter(({ role }) => kFields.has(role)).map(({ name }) => name));
  return nodes.filter((node) => node.role !== 'text' || node.id
    || (Boolean(node.text || node.value || node.name) && !said.has(node.text)));
}

// A table's rows stand in a tbody, as the HTML parser would put them.
function wrapRows(built: Element): Element {
  const children = built.children.map((child) => (typeof child === 'string' ? child : wrapRows(child)));
  if (built.tag !== 'table') return { ...built, children };
  return { ...built, children: [{ ...element('tbody', { role: 'rowgroup' }, children), key: 'body' }] };
}

// The option the keyboard is on, for the look of the page; assistive technology hears it from the field.
function markActive(options: (Element | string)[], active: ReadonlySet<string | undefined>): void {
  for (const option of options)
    if (typeof option !== 'string' && option.attributes.id && active.has(option.attributes.id))
      option.attributes.class += ' active';
}

// A list that no combobox opens is a row of choices: it has a place in the tab order of its own.
function openChoices(root: Element): void {
  const popups = new Set<string | undefined>();
  const lists: Element[] = [];
  const active = new Set<string | undefined>();
  const walk = (built: Element): void => {
    popups.add(built.attributes['aria-controls']);
    if (built.attributes.role === 'combobox') active.add(built.attributes['aria-activedescendant']);
    if (built.attributes.role === 'listbox') lists.push(built);
    for (const child of built.children) if (typeof child !== 'string') walk(child);
  };
  walk(root);
  for (const { attributes, children } of lists) {
    if (popups.has(attributes.id)) {
      markActive(children, active);
      continue;
    }
    const chosen = children.find((child): child is Element =>
      typeof child !== 'string' && child.attributes['aria-selected'] === 'true');
    Object.assign(attributes, { class: 'choices', tabindex: '0', 'aria-orientation': 'horizontal',
      ...(chosen?.attributes.id ? { 'aria-activedescendant': chosen.attributes.id } : {}) });
  }
}

// With a modal open everything that is neither it, in it nor around it is inert.
function applyModal(built: Element, modal: string): boolean {
  if (built.key === modal) {
    Object.assign(built.attributes, { role: 'dialog', 'aria-modal': 'true' });
    return true;
  }
  const children = built.children.filter((child): child is Element => typeof child !== 'string');
  const holds = children.map((child) => applyModal(child, modal));
  if (!holds.includes(true)) return false;
  children.forEach((child, index) => { if (!holds[index]) child.attributes.inert = ''; });
  return true;
}

// An open list floats over everything and is recorded last; here it follows the field that opened it.
function withListsAtFields(nodes: SemanticsNode[], lists: ReadonlyMap<string, SemanticsNode>): SemanticsNode[] {
  return nodes.flatMap((node) => {
    const list = node.controls === undefined ? undefined : lists.get(node.controls);
    const children = node.children && withListsAtFields(node.children, lists);
    const moved = children ? { ...node, children } : node;
    return list ? [moved, list] : [moved];
  });
}

export function buildMirror(semantics: Pick<Semantics, 'nodes' | 'modal'>): Element {
  const isList = (node: SemanticsNode): boolean => node.role === 'listbox' && node.id !== undefined;
  const lists = new Map(semantics.nodes.filter(isList).map((list) => [list.id ?? '', list]));
  const nodes = withListsAtFields(semantics.nodes.filter((node) => !isList(node)), lists);
  const root = element('div', { id: 'mirror' }, nodes.map(build));
  const wrapped = wrapRows(root);
  openChoices(wrapped);
  if (semantics.modal) applyModal(wrapped, semantics.modal);
  return wrapped;
}
