import type { Refuse } from '../core/protocol.ts';

/** FORMAT.md, Error. Datagrams are not answered. */
export const refuse: Refuse = ({ transport, text }) =>
  transport === 'lines'
    ? [{ text: JSON.stringify({ event: 'failed', type: typeOf(text), message: 'not supported' }) }]
    : [];

function typeOf(text: string): string {
  try {
    const { type } = JSON.parse(text) as { readonly type?: unknown };
    return typeof type === 'string' && type !== '' ? type : 'general';
  } catch {
    return 'general';
  }
}
