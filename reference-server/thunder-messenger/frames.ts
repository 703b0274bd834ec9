/** What the server says: JSON-RPC 2.0 as text. */
import type { ThunderBehaviour } from './context.ts';
import type { Refusal } from './generations.ts';

/** As the request had it; undefined if it had none, null if it could not be read. */
export type RequestId = number | null | undefined;

export interface Frames {
  result(id: RequestId, result: unknown): string;
  error(id: RequestId, refusal: Refusal): string;
  notification(method: string, params: Readonly<Record<string, unknown>>): string;
}

type Members = Readonly<Record<string, unknown>>;

export function createFrames(behaviour: ThunderBehaviour): Frames {
  function write(members: Members): string {
    const listed = behaviour.varies('extra-members')
      ? { ...members, server: { name: 'reference', load: [0.25, null] } }
      : members;
    return behaviour.varies('members-reordered') ? writeWithBlanks(listed) : JSON.stringify(listed);
  }

  function writeId(id: RequestId): Members {
    if (typeof id !== 'number') return id === undefined ? {} : { id };
    if (behaviour.fires('ids-as-text')) return { id: String(id) };
    return { id: id >= 2 ** 31 && behaviour.fires('ids-signed') ? id - 2 ** 32 : id };
  }

  function writeRefusal({ code, message }: Refusal): Members {
    const named = behaviour.varies('errors-with-data') ? { data: { hint: 'none' } } : {};
    const other = behaviour.fires('other-error-codes') ? code - 100 : code;
    if (/^ERROR_/.test(message) && behaviour.fires('errors-without-name')) return { code: other, message: 'failed' };
    if (message === 'ERROR_PRIVILEGED_REQUEST' && behaviour.varies('privileged-misspelt'))
      return { code: other, message: 'ERROR_PRIVILIGED_REQUEST', ...named };
    return {
      code: other,
      message: behaviour.varies('errors-explained') ? `${message}: see the log` : message,
      ...named,
    };
  }

  return {
    result(id, result) {
      const version = Array.isArray(result) && behaviour.fires('version-not-said') ? {} : { jsonrpc: '2.0' };
      return write({ ...version, ...writeId(id), result });
    },
    error: (id, refusal) => write({ jsonrpc: '2.0', ...writeId(id), error: writeRefusal(refusal) }),
    notification(method, params) {
      const more = behaviour.isOn('extra-members') ? { ...params, at: 'now' } : params;
      return write({ jsonrpc: '2.0', method, params: more });
    },
  };
}

function writeWithBlanks(members: Members): string {
  const lines = Object.entries(members).map(
    ([name, value]) => `\t${JSON.stringify(name)} : ${JSON.stringify(value, null, 1)}`,
  );
  return `{\r\n${lines.reverse().join(' ,\n')}\n}`;
}
