// Elements as HTML text: the landing page is made of it at build time. No style attribute is ever
// written, so the page keeps its content security policy.

import type { Element } from './elements';

const kVoid = new Set(['input', 'hr']);
const kEscapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (found) => kEscapes[found] ?? found);

export function toHtml(element: Element | string): string {
  if (typeof element === 'string') return escapeHtml(element);
  const attributes = { ...element.attributes };
  if (element.value !== undefined) attributes.value = element.value;
  if (element.checked) attributes.checked = '';
  const written = Object.entries(attributes)
    .map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`)).join('');
  if (kVoid.has(element.tag)) return `<${element.tag}${written}>`;
  return `<${element.tag}${written}>${element.children.map(toHtml).join('')}</${element.tag}>`;
}
