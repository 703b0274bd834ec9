import { printable } from './printable.ts';

/** An XML element as data, so that only one place writes markup and escapes what is in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly children: readonly (Element | string)[];
}

export function element(
  name: string,
  attributes: Element['attributes'] = {},
  children: Element['children'] = [],
): Element {
  return { name, attributes, children };
}

/** A document, indented; elements with text keep it as it is. Valid for any text: what XML cannot hold is written visibly. */
export function writeXml(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeElement(root, '')}\n`;
}

function writeElement({ name, attributes, children }: Element, indent: string): string {
  const written = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : ` ${key}="${escapeAttribute(String(value))}"`,
  );
  const open = `${indent}<${name}${written.join('')}`;
  if (children.length === 0) return `${open}/>`;
  if (children.some(child => typeof child === 'string')) {
    const content = children.map(child => (typeof child === 'string' ? escapeText(child) : writeElement(child, '')));
    return `${open}>${content.join('')}</${name}>`;
  }
  const lines = children.map(child => writeElement(child as Element, `${indent}  `));
  return `${open}>\n${lines.join('\n')}\n${indent}</${name}>`;
}

// Newlines are the structure of a text; in an attribute a reader would make blanks of them.
function escapeText(text: string): string {
  return text
    .split('\n')
    .map(line => escapeMarkup(printable(line)))
    .join('\n');
}

function escapeAttribute(text: string): string {
  return escapeMarkup(printable(text)).replace(/"/g, '&quot;');
}

// Every `>` too, so that `]]>` cannot come about.
function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
