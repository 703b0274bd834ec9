/** Reads what a client sends: an object with one member that names the request and holds the rest. */

interface Common {
  readonly id: string | undefined;
}

/** What a get asks for. */
export type Part = 'desc' | 'sub' | 'data';

export type Request = Common &
  (
    | { readonly kind: 'hi'; readonly version: string; readonly userAgent: string }
    | {
        readonly kind: 'acc';
        readonly user: string | undefined;
        readonly scheme: string;
        readonly secret: string;
        readonly login: boolean;
        readonly tags: readonly string[];
        readonly public: unknown;
      }
    | { readonly kind: 'login'; readonly scheme: string; readonly secret: string }
    | { readonly kind: 'sub'; readonly topic: string; readonly parts: readonly Part[] }
    | { readonly kind: 'leave'; readonly topic: string }
    | { readonly kind: 'pub'; readonly topic: string; readonly content: unknown }
    | { readonly kind: 'get'; readonly topic: string; readonly parts: readonly Part[] }
    | { readonly kind: 'set'; readonly topic: string; readonly desc: { public?: unknown; private?: unknown } }
    | { readonly kind: 'malformed' }
  );

export type RequestOf<Kind extends Request['kind']> = Extract<Request, { kind: Kind }>;

export function readRequest(text: string): Request {
  const [kind, body] = readBody(text);
  const id = textOf(body.id);
  return readers[kind]?.(body, id) ?? { kind: 'malformed', id };
}

type Body = Readonly<Record<string, unknown>>;

function readBody(text: string): [kind: string, body: Body] {
  const frame = objectOf(parse(text)) ?? {};
  for (const [kind, body] of Object.entries(frame)) {
    if (Object.hasOwn(readers, kind)) return [kind, objectOf(body) ?? {}];
  }
  return ['', {}];
}

const readers: Readonly<Record<string, (body: Body, id: string | undefined) => Request | undefined>> = {
  hi(body, id) {
    const version = textOf(body.ver);
    return version === undefined ? undefined : { kind: 'hi', id, version, userAgent: textOf(body.ua) ?? '' };
  },
  acc(body, id) {
    const scheme = textOf(body.scheme);
    const secret = textOf(body.secret);
    if (scheme === undefined || secret === undefined) return undefined;
    return {
      kind: 'acc',
      id,
      user: textOf(body.user),
      scheme,
      secret,
      login: body.login === true,
      tags: textsOf(body.tags),
      public: objectOf(body.desc)?.public,
    };
  },
  login(body, id) {
    const scheme = textOf(body.scheme);
    const secret = textOf(body.secret);
    return scheme === undefined || secret === undefined ? undefined : { kind: 'login', id, scheme, secret };
  },
  sub(body, id) {
    const topic = textOf(body.topic);
    return topic === undefined ? undefined : { kind: 'sub', id, topic, parts: partsOf(objectOf(body.get)?.what) };
  },
  leave(body, id) {
    const topic = textOf(body.topic);
    return topic === undefined ? undefined : { kind: 'leave', id, topic };
  },
  pub(body, id) {
    const topic = textOf(body.topic);
    return topic === undefined || body.content === undefined
      ? undefined
      : { kind: 'pub', id, topic, content: body.content };
  },
  get(body, id) {
    const topic = textOf(body.topic);
    const parts = partsOf(body.what);
    return topic === undefined || parts.length === 0 ? undefined : { kind: 'get', id, topic, parts };
  },
  set(body, id) {
    const topic = textOf(body.topic);
    const desc = objectOf(body.desc);
    return topic === undefined || !desc ? undefined : { kind: 'set', id, topic, desc };
  },
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function partsOf(what: unknown): Part[] {
  const words = (textOf(what) ?? '').split(' ');
  return parts.filter(part => words.includes(part));
}

function objectOf(value: unknown): Body | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a list; whatever else is in it, or given in its place, is left out. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(element => typeof element === 'string') : [];
}

const parts: readonly Part[] = ['desc', 'sub', 'data'];
