import type { LiveClient } from '../clients/live-client.ts';
import type { Vault } from '../clients/secrets.ts';
import type { RequestAction, WriteAction } from '../scenario/interpret/action.ts';

/** Does a write of the interpreter: the log gets references, the wire gets secrets. */
export function performWrite(client: LiveClient, action: WriteAction | RequestAction, vault: Vault): void {
  if (action.do === 'request') {
    const { n, method, path, headers, body } = action;
    const logged = { path, headers, body };
    const wire = vault.empty ? logged : action.reveal(reveal(vault));
    for (const [name, value] of Object.entries(wire.headers)) learnWords(vault, value, headers[name] ?? value);
    if (wire.body !== undefined && body !== undefined) learnDerived(vault, wire.body, body);
    client.request({ n, method, logged, wire });
    return;
  }
  const wire = vault.empty ? action.data : action.reveal(reveal(vault));
  if (typeof wire === 'string' && typeof action.data === 'string') learnDerived(vault, wire, action.data);
  const { n, what, opcode, everyUs, hold } = action;
  client.write({ n, what, opcode, logged: action.data, wire, cutAt: offsets(action.cut, wire), everyUs, hold });
}

function reveal(vault: Vault): (text: string) => string {
  return text => vault.reveal(text);
}

/** What was encoded from a secret (`{ $base64: … }`) is a secret too, should it come back. */
function learnDerived(vault: Vault, wire: string, logged: string): void {
  if (vault.empty || wire === logged) return;
  const quoted = /"((?:[^"\\]|\\.)*)"/g;
  const open = wire.match(quoted) ?? [];
  const masked = logged.match(quoted) ?? [];
  if (open.length !== masked.length) return;
  open.forEach((text, k) => {
    vault.learn(text.slice(1, -1), masked[k]!.slice(1, -1));
  });
}

/** A header is learned whole, and each word of it: what follows `Basic` may come back alone. */
function learnWords(vault: Vault, wire: string, logged: string): void {
  const [open, masked] = [wire.split(' '), logged.split(' ')];
  vault.learn(wire, logged);
  if (open.length === masked.length)
    open.forEach((word, k) => {
      vault.learn(word, masked[k]!);
    });
}

function offsets(cut: 'each' | readonly number[], data: string | Uint8Array): readonly number[] {
  if (cut !== 'each') return cut;
  const sizeBytes = typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength;
  return Array.from({ length: Math.max(0, sizeBytes - 1) }, (_, k) => k + 1);
}
