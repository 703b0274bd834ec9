import type { Located } from '../documents/located.ts';
import type { Environment } from './expression.ts';

/** The name behind `$as`; undefined, and reported, if it is none. */
export function readCaptureName(node: Located, environment: Environment): string | undefined {
  if (node.type === 'scalar' && typeof node.value === 'string' && /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(node.value))
    return node.value;
  const message = `expected a name of letters, digits, _ and - behind $as, ${describeNode(node)} came`;
  environment.report({ code: 'bad-argument', message, span: node.span, suggestion: 'write $as: name' });
  return undefined;
}

/** What stands there, in few words. */
export function describeNode(node: Located): string {
  if (node.type === 'list') return node.elements.length === 0 ? 'an empty list' : 'a list';
  if (node.type === 'map') return 'an object';
  return typeof node.value === 'string' ? `"${node.value}"` : String(node.value);
}
