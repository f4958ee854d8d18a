// What the page knows of the engine: the surface of wasm/main.cpp and wasm/bindings.cpp, and the
// semantics tree of docs/architecture.md. Written by hand; `tsc --strict` holds the page to it and
// tests/web/surface.test.mjs holds the engine to it.

export type Rect = [x: number, y: number, width: number, height: number];

export type Role =
  | 'main' | 'navigation' | 'banner' | 'region' | 'group' | 'heading' | 'text' | 'link' | 'button'
  | 'switch' | 'slider' | 'textbox' | 'combobox' | 'listbox' | 'option' | 'table' | 'row'
  | 'columnheader' | 'rowheader' | 'cell' | 'img' | 'progressbar' | 'note' | 'status' | 'alert' | 'separator';

// How a native field must look to stand exactly over the drawn one.
export interface FieldStyle {
  size: number;
  weight: number;
  align: 'left' | 'right' | 'center';
  padding: number;
  color: string;
  background: string;
}

export interface SemanticsNode {
  id?: string;
  role: Role;
  name?: string;
  value?: string | number;
  text?: string;
  level?: number;
  min?: number;
  max?: number;
  step?: number;
  valuetext?: string;
  checked?: boolean;
  expanded?: boolean;
  current?: boolean;
  selected?: boolean;
  disabled?: boolean;
  description?: string;
  options?: string[];
  rows?: number;
  invalid?: boolean;                      // textbox whose last text was refused; description says why
  inputmode?: 'decimal' | 'numeric' | 'text';
  controls?: string;                      // combobox: the id of its listbox, while it is open
  sort?: 'ascending' | 'descending';      // columnheader
  active?: string;                        // combobox: the option that Enter would choose
  style?: FieldStyle;
  rect?: Rect;
  clip?: Rect;
  children?: SemanticsNode[];
}

export interface Semantics {
  title: string;
  theme: 'light' | 'dark' | 'system';
  scheme?: 'light' | 'dark';              // what theme comes to
  screen: string;
  modal?: string | null;
  announce?: string;
  nodes: SemanticsNode[];
}

// With the id of a node the first row; with an empty id the rest (wasm/app/app.h).
export type ActionKind =
  | 'click' | 'set' | 'input' | 'key' | 'focus' | 'blur' | 'scroll_into_view'
  | 'import_started' | 'import_progress' | 'import_done' | 'import_failed'
  | 'system_theme' | 'pointer' | 'escape' | 'file_drag' | 'load_scenario' | 'navigate';

export type Effect =
  | { type: 'pick_file' }
  | { type: 'cancel_import' }
  | { type: 'copy'; text: string }
  | { type: 'download'; name: string; mime: string; text: string }
  | { type: 'theme'; value: 'light' | 'dark' | 'system' }
  | { type: 'focus'; id: string };
