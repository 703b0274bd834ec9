/** Reads what a client sends: an object with one member that names the request, and perhaps `extra`. */
import {
  anyCase,
  anything,
  bytes,
  instantMs,
  list,
  MalformedError,
  map,
  object,
  type ReadBy,
  text,
  truth,
  whole,
} from './decode.ts';
import { nestsTooDeep } from './nesting.ts';

const range = object({ low: whole, hi: whole });
const options = object({
  user: text,
  topic: text,
  ims: instantMs,
  since: whole,
  before: whole,
  limit: whole,
  ranges: list(range),
});
const query = { what: text, desc: options, sub: options, data: options, del: options };
const access = object({ auth: text, anon: text });
const description = object({ defacs: access, public: anything, trusted: anything, private: anything });
const credential = object({ meth: text, val: text, resp: text, params: map });
const settings = {
  desc: description,
  sub: object({ user: text, mode: text }),
  tags: list(text),
  cred: credential,
  aux: map,
};

/** By precedence: of several in one frame the first is served. */
const requests = {
  pub: object({ id: text, topic: text, noecho: truth, head: map, content: anything }),
  sub: object({ id: text, topic: text, set: object(settings), get: object(query) }),
  leave: object({ id: text, topic: text, unsub: truth }),
  hi: object({ id: text, ua: text, ver: text, dev: text, lang: text, platf: text, bkg: truth }),
  login: object({ id: text, scheme: anyCase, secret: bytes, cred: list(credential) }),
  get: object({ id: text, topic: text, ...query }),
  set: object({ id: text, topic: text, ...settings }),
  del: object({ id: text, topic: text, what: text, delseq: list(range), user: text, cred: credential, hard: truth }),
  acc: object({
    id: text,
    user: text,
    tmpscheme: anyCase,
    tmpsecret: bytes,
    status: text,
    authlevel: text,
    scheme: anyCase,
    secret: bytes,
    login: truth,
    tags: list(text),
    desc: description,
    cred: list(credential),
  }),
  note: object({ topic: text, what: text, seq: whole, unread: whole, event: text, payload: anything }),
};
const frame = object({ ...requests, extra: object({ attachments: list(text), obo: text, authlevel: text }) });

export type Range = ReadBy<typeof range>;
export type GetOptions = ReadBy<typeof options>;
export type Query = ReadBy<ReturnType<typeof object<typeof query>>>;
export type Settings = ReadBy<ReturnType<typeof object<typeof settings>>>;
export type DescriptionChange = ReadBy<typeof description>;
export type AccessChange = ReadBy<typeof access>;
export type CredentialGiven = ReadBy<typeof credential>;
export type Extra = NonNullable<ReadBy<typeof frame>['extra']>;

export type RequestKind = keyof typeof requests;
export type BodyOf<Kind extends RequestKind> = ReadBy<(typeof requests)[Kind]>;
export type Request = {
  readonly [Kind in RequestKind]: { readonly kind: Kind; readonly body: BodyOf<Kind> };
}[RequestKind];

export interface Frame {
  /** Undefined if the frame asks for nothing. */
  readonly request: Request | undefined;
  readonly extra: Extra | undefined;
}

/** Undefined if the text is no frame at all. */
export function readFrame(written: string): Frame | undefined {
  if (nestsTooDeep(written)) return undefined;
  try {
    const { extra, ...members } = frame(JSON.parse(written));
    const kind = kinds.find(each => members[each] !== undefined);
    return { request: kind && ({ kind, body: members[kind] } as Request), extra };
  } catch (error) {
    if (error instanceof MalformedError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const kinds = Object.keys(requests) as RequestKind[];
