import { expect, it } from 'vitest';
import { inBytes, message, one, text } from '../../core/protobuf.ts';
import { readClientFrame, writeServerFrame } from './frames.ts';

// All bytes were made with protoc from the interface definition.

const fromClients: readonly (readonly [written: string, frame: object])[] = [
  [
    '0a1c0a01311203612f311a04302e32352201642a02656e32037765623801',
    { hi: { id: '1', ua: 'a/1', ver: '0.25', dev: 'd', lang: 'en', platf: 'web', bkg: true } },
  ],
  [
    '12740a013212036e65771a05626173696322086164613a7061737328013201783201793a1c0a070a024a5212014e120a7b22666e223a2241227d1a013122025b5d42210a05656d61696c12056140622e631a0631323334353622090a016b1204747275654a017452026f6b58146204636f64656a0173',
    {
      acc: {
        id: '2',
        user: 'new',
        scheme: 'basic',
        secret: 'YWRhOnBhc3M=',
        login: true,
        tags: ['x', 'y'],
        desc: { defacs: { auth: 'JR', anon: 'N' }, public: { fn: 'A' }, private: 1, trusted: [] },
        cred: [{ meth: 'email', val: 'a@b.c', resp: '123456', params: { k: true } }],
        status: 'ok',
        authlevel: 'auth',
        tmpscheme: 'code',
        tmpsecret: 'cw==',
      },
    },
  ],
  [
    '1a1a0a01331205746f6b656e1a02ff00220a0a05656d61696c1a0131',
    { login: { id: '3', scheme: 'token', secret: '/wA=', cred: [{ meth: 'email', resp: '1' }] } },
  ],
  [
    '225d0a013412026d651a1e120a0a047573724112024a521a017422050a0374656c2a060a016112013122340a09646573632064617461120f08e7d795ffbc311201751a017430031a023001221208012002280930053a04080110033a020807',
    {
      sub: {
        id: '4',
        topic: 'me',
        // Auxiliary data is not heard.
        set: { sub: { user: 'usrA', mode: 'JR' }, tags: ['t'], cred: { meth: 'tel' } },
        get: {
          what: 'desc data',
          // Nor are users and topics, nor what is less than a second.
          desc: { ims: '2023-11-14T22:13:20Z', limit: 3 },
          sub: { limit: 1 },
          data: { since: 2, before: 9, limit: 5, ranges: [{ low: 1, hi: 3 }, { low: 7 }] },
        },
      },
    },
  ],
  ['2a0b0a01351204677270411801', { leave: { id: '5', topic: 'grpA', unsub: true } }],
  [
    '322a0a01361204677270411801220b0a046d696d6512032278222a107b2261223a205b312c206e756c6c5d7d6a100a022f610a022f62120475737242180a',
    {
      pub: { id: '6', topic: 'grpA', noecho: true, head: { mime: 'x' }, content: { a: [1, null] } },
      extra: { attachments: ['/a', '/b'], obo: 'usrB', authlevel: 'anon' },
    },
  ],
  ['3a0e0a013712026d651a050a03737562', { get: { id: '7', topic: 'me', what: 'sub' } }],
  ['42100a013812026d651a070a051203227022', { set: { id: '8', topic: 'me', desc: { public: 'p' } } }],
  [
    '4a290a01391204677270411801220408011004220208062a0475737241320a0a05656d61696c1201763801',
    {
      del: {
        id: '9',
        topic: 'grpA',
        what: 'msg',
        delseq: [{ low: 1, hi: 4 }, { low: 6 }],
        user: 'usrA',
        cred: { meth: 'email', val: 'v' },
        hard: true,
      },
    },
  ],
  [
    '521b0a04677270411004180420ffffffffffffffffff01280332027b7d',
    { note: { topic: 'grpA', what: 'call', seq: 4, unread: -1, event: 'hang-up', payload: {} } },
  ],
];

it.each(fromClients)('reads %s', (written, frame) => {
  expect(JSON.parse(readClientFrame(Buffer.from(written, 'hex')))).toEqual(frame);
});

it.each([
  ['a word', 'word'],
  ['nothing', ''],
  ['null', 'null'],
  ['what nests too deep', '['.repeat(10_000) + ']'.repeat(10_000)],
])('takes content that is %s for none', (_, content) => {
  const raw = inBytes(
    bytes => bytes.toString(),
    value => Buffer.from(String(value)),
  );
  const writer = message({ 6: one('pub', message({ 2: one('topic', text), 5: one('content', raw) })) });
  const written = writer.encode({ pub: { topic: 'grpA', content } });
  expect(JSON.parse(readClientFrame(written))).toEqual({ pub: { topic: 'grpA' } });
});

it('reads nothing as a frame without a request', () => {
  expect(readClientFrame(Buffer.alloc(0))).toBe('{}');
});

const fromServer: readonly (readonly [written: string, frame: object])[] = [
  [
    '0a330a013112026d6518c9012207637265617465642a0d0a03766572120622302e3235222a0f0a077265714372656412046e756c6c',
    {
      ctrl: {
        id: '1',
        topic: 'me',
        params: { ver: '0.25', reqCred: null },
        code: 201,
        text: 'created',
        ts: '2023-11-14T22:13:20Z',
      },
    },
  ],
  [
    '12330a04677270411204757372411880d095ffbc3120ac022a0b0a046d696d65120322782232077b2261223a317d38fbd095ffbc31',
    {
      data: {
        topic: 'grpA',
        from: 'usrA',
        ts: '2023-11-14T22:13:20.123Z',
        deleted: '2023-11-14T22:13:20Z',
        seq: 300,
        head: { mime: 'x', none: null },
        content: { a: 1 },
      },
    },
  ],
  [
    '1a2f0a026d651204757372411806220161280130023a04080110034204757372424a047573724352080a022b5212022d57',
    {
      pres: {
        topic: 'me',
        src: 'usrA',
        what: 'acs',
        ua: 'a',
        seq: 1,
        clear: 2,
        delseq: [{ low: 1, hi: 3 }],
        tgt: 'usrB',
        act: 'usrC',
        dacs: { want: '+R', given: '-W' },
      },
    },
  ],
  [
    '22580a013112026d651a4f0880d095ffbc311081d095ffbc311882d095ffbc3122070a024a5212014e2a090a034a525712024a5230053804400348025201315a013262026f6b7201337883d095ffbc3182010161880101900101',
    {
      meta: {
        id: '1',
        topic: 'me',
        ts: '2023-11-14T22:13:20Z',
        desc: {
          created: '2023-11-14T22:13:20Z',
          updated: '2023-11-14T22:13:20.001Z',
          touched: '2023-11-14T22:13:20.002Z',
          defacs: { auth: 'JR', anon: 'N' },
          acs: { want: 'JRW', given: 'JR', mode: 'JR' },
          seq: 5,
          read: 4,
          recv: 3,
          clear: 2,
          public: 1,
          private: 2,
          state: 'ok',
          trusted: 3,
          subcnt: 4,
          seen: { when: '2023-11-14T22:13:20.003Z', ua: 'a' },
          chan: true,
          online: true,
        },
      },
    },
  ],
  [
    '223f12026d65223508011002180122080a024a5212024a52280330043a01314201324a047573724152046772704158056006680770087a01618201013322022200',
    {
      meta: {
        topic: 'me',
        sub: [
          {
            updated: '1970-01-01T00:00:00.001Z',
            deleted: '1970-01-01T00:00:00.002Z',
            online: true,
            acs: { want: 'JR', given: 'JR', mode: 'JR' },
            read: 3,
            recv: 4,
            public: 1,
            private: 2,
            user: 'usrA',
            topic: 'grpA',
            touched: '1970-01-01T00:00:00.005Z',
            seq: 6,
            clear: 7,
            seen: { when: '1970-01-01T00:00:00.008Z', ua: 'a' },
            trusted: 3,
          },
          { acs: {} },
        ],
      },
    },
  ],
  [
    '22341204677270412a0c0802120408011003120208053201613201623a0e0a05656d61696c12056140622e6342080a016b12035b315d',
    {
      meta: {
        topic: 'grpA',
        del: { clear: 2, delseq: [{ low: 1, hi: 3 }, { low: 5 }] },
        tags: ['a', 'b'],
        // Whether it is confirmed is not told.
        cred: [{ meth: 'email', val: 'a@b.c', done: true }],
        aux: { k: [1] },
      },
    },
  ],
  [
    '2a1c0a0467727041120475737241180120072a046772704130053a027b7d',
    { info: { topic: 'grpA', src: 'grpA', from: 'usrA', what: 'read', seq: 7, event: 'invite', payload: {} } },
  ],
];

it.each(fromServer)('writes %s', (written, frame) => {
  expect(writeServerFrame(JSON.stringify(frame)).toString('hex')).toBe(written);
});

it.each([
  { code: 204, params: { what: 'tags' } },
  { code: 204, params: { what: 'creds' } },
  { code: 204, params: { what: 'aux' } },
  { code: 204, params: { what: 'del' } },
  { code: 200, params: { del: 3 } },
  { code: 303, params: { topic: 'grpA' } },
])('leaves out the parameters of $code $params', ({ code, params }) => {
  const bare = writeServerFrame(JSON.stringify({ ctrl: { code } }));
  expect(writeServerFrame(JSON.stringify({ ctrl: { code, params } }))).toEqual(bare);
});

it.each([
  { code: 204, params: { what: 'sub' } },
  { code: 208, params: { what: 'data', count: 1 } },
])('keeps the parameters of $code $params', ({ code, params }) => {
  const bare = writeServerFrame(JSON.stringify({ ctrl: { code } }));
  expect(writeServerFrame(JSON.stringify({ ctrl: { code, params } })).length).toBeGreaterThan(bare.length);
});
