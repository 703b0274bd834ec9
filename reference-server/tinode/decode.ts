/**
 * Reads JSON as this server does: names of members in any case, the last of several counts, null stands for nothing given, unknown
 * members are passed over. A member of the wrong type spoils the frame: what is wrong is thrown, and never leaves this server.
 */
export type Reader<T> = (value: unknown) => T | undefined;
export type ReadBy<R> = R extends Reader<infer T> ? T : never;

export class MalformedError extends Error {}

export const text: Reader<string> = value => {
  if (typeof value !== 'string') throw new MalformedError();
  return value;
};

/** Names that are the same in any case. */
export const anyCase: Reader<string> = value => text(value)!.toLowerCase();

export const truth: Reader<boolean> = value => {
  if (typeof value !== 'boolean') throw new MalformedError();
  return value;
};

export const whole: Reader<number> = value => {
  if (!Number.isInteger(value)) throw new MalformedError();
  return value as number;
};

/** Standard base64 with padding. Bits behind the last byte do not matter, nor do line breaks. */
export const bytes: Reader<Buffer> = value => {
  const written = text(value)!.replaceAll(/[\r\n]/g, '');
  // Node skips what is no base64.
  if (!base64Pattern.test(written)) throw new MalformedError();
  return Buffer.from(written, 'base64');
};

export const instantMs: Reader<number> = value => {
  const written = text(value)!;
  const ms = Date.parse(written);
  if (!timePattern.test(written) || Number.isNaN(ms)) throw new MalformedError();
  return ms;
};

export const anything: Reader<unknown> = value => value;

export const map: Reader<Readonly<Record<string, unknown>>> = value => objectIn(value);

export function list<T>(element: Reader<T>): Reader<readonly T[]> {
  return value => {
    if (!Array.isArray(value)) throw new MalformedError();
    return value.map(each => (each === null ? element(emptyOf(element)) : element(each)) as T);
  };
}

export function object<Members extends Readonly<Record<string, Reader<unknown>>>>(members: Members) {
  const names = new Map(Object.keys(members).map(name => [name.toLowerCase(), name]));
  return (value: unknown): { readonly [Name in keyof Members]?: ReadBy<Members[Name]> } => {
    const read: Record<string, unknown> = {};
    for (const [written, member] of Object.entries(objectIn(value))) {
      const name = names.get(written.toLowerCase());
      if (name !== undefined && member !== null) read[name] = members[name]!(member);
    }
    return read as { readonly [Name in keyof Members]?: ReadBy<Members[Name]> };
  };
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new MalformedError();
  return value as Readonly<Record<string, unknown>>;
}

/** What null stands for in a list: a text without letters, an object without members. */
function emptyOf(element: Reader<unknown>): unknown {
  return element === text ? '' : {};
}

const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
