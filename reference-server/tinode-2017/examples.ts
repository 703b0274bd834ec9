/** The exchanges that the document shows, in its order, with values of ours: who is called what, when, and what they say. */
export interface Exchange {
  readonly title: string;
  /** Nothing, where the server speaks by itself. */
  readonly request?: object;
  readonly answers: readonly object[];
}

const ts = '2017-08-11T09:30:17.25Z';
const bob = 'usrq2Hd80-_xYE';
const ada = 'usrK7mWvPz41cQ';
const token = `${'tok3+/AB'.repeat(7)}tok3+/==`;
const jrwp = { want: 'JRWP', given: 'JRWP', mode: 'JRWP' };
const jrpd = { want: 'JRPD', given: 'JRPD', mode: 'JRPD' };
const ctrl = (members: object) => ({ ctrl: { ...members, ts } });
const record = (seq: number, from: string) => ({
  data: { topic: 'me', from, ts, seq, content: { acs: jrwp, act: 'upd', authlvl: 'auth', topic: from, user: ada } },
});
const message = (seq: number, from: string, content: string) => ({ data: { topic: bob, from, ts, seq, content } });
const profile = { created: ts, updated: ts, defacs: { auth: 'JRWP', anon: 'N' }, public: { fn: 'Ada' } };
const acc = {
  id: 'new one',
  user: 'new',
  scheme: 'basic',
  secret: 'YWRhOmVudGlyZQ==',
  tags: ['email:ada@example.com'],
};
const row = { updated: ts, acs: jrwp, public: { fn: 'Bob' }, topic: bob, seq: 3 };
const seen = { when: ts, ua: 'Pocket/2 (PalmOS)' };

export const exchanges: readonly Exchange[] = [
  {
    title: 'hi',
    request: { hi: { id: 'good morning', ver: '0.13', ua: 'Pocket/2 (PalmOS)' } },
    answers: [ctrl({ id: 'good morning', params: { build: '', ver: '0.13' }, code: 201, text: 'created' })],
  },
  {
    title: 'hi of another version',
    request: { hi: { id: 'good evening', ver: '0.1', ua: 'Pocket/2 (PalmOS)' } },
    answers: [ctrl({ id: 'good evening', code: 505, text: 'version not supported' })],
  },
  {
    title: 'acc',
    request: { acc: { ...acc, desc: { public: { fn: 'Ada' } } } },
    answers: [ctrl({ id: 'new one', params: { desc: profile, user: ada }, code: 201, text: 'created' })],
  },
  {
    title: 'acc of a name that is taken',
    request: { acc: { ...acc, desc: { public: { fn: 'Ada' } } } },
    answers: [ctrl({ id: 'new one', code: 409, text: 'duplicate credential' })],
  },
  {
    title: 'acc of who is logged in',
    request: { acc: { ...acc, desc: { public: { fn: 'Ada' } } } },
    answers: [ctrl({ id: 'new one', code: 409, text: 'already authenticated' })],
  },
  {
    title: 'acc with login',
    request: { acc: { ...acc, login: true, desc: { public: { fn: 'Ada' } } } },
    answers: [
      ctrl({
        id: 'new one',
        params: { authlvl: 'auth', desc: profile, expires: '2017-08-25T16:30:17.250749621+07:00', token, user: ada },
        code: 201,
        text: 'created',
      }),
    ],
  },
  {
    title: 'login by password',
    request: { login: { id: 'it is me', scheme: 'basic', secret: 'YWRhOmVudGlyZQ==' } },
    answers: [
      ctrl({ id: 'it is me', params: { expires: '2017-08-25T09:30:17Z', token, user: ada }, code: 200, text: 'OK' }),
    ],
  },
  {
    title: 'login by token',
    request: { login: { id: 'it is me', scheme: 'token', secret: token } },
    answers: [
      ctrl({ id: 'it is me', params: { expires: '2017-08-25T09:30:17Z', token, user: ada }, code: 200, text: 'OK' }),
    ],
  },
  {
    title: 'login that is wrong',
    request: { login: { id: 'it is me', scheme: 'basic', secret: 'YWRhOmhhbGY=' } },
    answers: [ctrl({ id: 'it is me', code: 401, text: 'authentication failed' })],
  },
  {
    title: 'login of who is logged in',
    request: { login: { id: 'it is me', scheme: 'basic', secret: 'YWRhOmVudGlyZQ==' } },
    answers: [ctrl({ id: 'it is me', code: 409, text: 'already authenticated' })],
  },
  {
    title: 'sub me',
    request: { sub: { id: 'here I am', topic: 'me' } },
    answers: [ctrl({ id: 'here I am', topic: 'me', params: { acs: jrpd }, code: 200, text: 'ok' })],
  },
  {
    title: 'sub me again',
    request: { sub: { id: 'here I am', topic: 'me' } },
    answers: [ctrl({ id: 'here I am', code: 304, text: 'already subscribed' })],
  },
  {
    title: 'get desc of me',
    request: { get: { id: 'who am I', topic: 'me', what: 'desc' } },
    answers: [{ meta: { id: 'who am I', topic: 'me', ts, desc: { ...profile, seq: 6 } } }],
  },
  {
    title: 'get sub of me',
    request: { get: { id: 'whom do I know', topic: 'me', what: 'sub' } },
    answers: [
      {
        meta: {
          id: 'whom do I know',
          topic: 'me',
          ts,
          sub: [
            {
              ...row,
              acs: { want: 'JRWPASDO', given: 'JRWPASDO', mode: 'JRWPASDO' },
              topic: 'grpZ3-hT90_rwE',
              read: 3,
              recv: 3,
              clear: 2,
            },
            { ...row, acs: { want: 'JRWPA', given: 'JRPA', mode: 'JRPA' }, read: 3, recv: 3, seen },
          ],
        },
      },
    ],
  },
  {
    title: 'get data of me',
    request: { get: { id: 'what is new', topic: 'me', what: 'data' } },
    answers: [
      record(1, bob),
      {
        data: {
          topic: 'me',
          from: bob,
          ts,
          seq: 2,
          content: {
            acs: { given: 'JRWPS', mode: 'JRWP', want: 'JRWP' },
            act: 'inv',
            info: 'We meet here.',
            topic: 'grpZ3-hT90_rwE',
            user: ada,
          },
        },
      },
      ctrl({ id: 'what is new', topic: 'me', code: 200, text: 'ok' }),
    ],
  },
  {
    title: 'sub me with everything',
    request: { sub: { id: 'here I am', topic: 'me', get: { what: 'desc sub data' } } },
    answers: [
      ctrl({ id: 'here I am', topic: 'me', params: { acs: jrpd }, code: 200, text: 'ok' }),
      { meta: { id: 'here I am', topic: 'me', ts, desc: { ...profile, seq: 1 } } },
      { meta: { id: 'here I am', topic: 'me', ts, sub: [row] } },
      record(1, bob),
      ctrl({ id: 'here I am', topic: 'me', code: 200, text: 'ok' }),
    ],
  },
  {
    title: 'get everything of me',
    request: { get: { id: 'all of it', topic: 'me', what: 'desc sub data' } },
    answers: [
      { meta: { id: 'all of it', topic: 'me', ts, desc: { ...profile, seq: 1 } } },
      { meta: { id: 'all of it', topic: 'me', ts, sub: [row] } },
      record(1, bob),
      ctrl({ id: 'all of it', topic: 'me', code: 200, text: 'ok' }),
    ],
  },
  { title: 'somebody comes online', answers: [{ pres: { topic: 'me', src: bob, what: 'on' } }] },
  { title: 'somebody has written', answers: [{ pres: { topic: 'me', src: bob, what: 'msg', seq: 4 } }] },
  {
    title: 'sub fnd',
    request: { sub: { id: 'to the desk', topic: 'fnd' } },
    answers: [ctrl({ id: 'to the desk', topic: 'fnd', params: { acs: jrpd }, code: 200, text: 'ok' })],
  },
  {
    title: 'set tags to look for',
    request: { set: { id: 'I look for', topic: 'fnd', desc: { private: ['email:bob@example.com'] } } },
    answers: [ctrl({ id: 'I look for', topic: 'fnd', code: 200, text: 'ok' })],
  },
  {
    title: 'get who was found',
    request: { get: { id: 'who is it', topic: 'fnd', what: 'sub' } },
    answers: [
      {
        meta: {
          id: 'who is it',
          topic: 'fnd',
          ts,
          sub: [
            {
              updated: ts,
              acs: { mode: 'JRWP' },
              public: { fn: 'Bob' },
              private: ['email:bob@example.com'],
              user: bob,
            },
          ],
        },
      },
    ],
  },
  {
    title: 'set no tags',
    request: { set: { id: 'I look for', topic: 'fnd', desc: { private: [] } } },
    answers: [ctrl({ id: 'I look for', topic: 'fnd', code: 200, text: 'ok' })],
  },
  {
    title: 'leave fnd',
    request: { leave: { id: 'thanks', topic: 'fnd' } },
    answers: [ctrl({ id: 'thanks', topic: 'fnd', code: 200, text: 'ok' })],
  },
  {
    title: 'sub to a user',
    request: { sub: { id: 'to bob', topic: bob } },
    answers: [ctrl({ id: 'to bob', topic: bob, params: { acs: jrwp }, code: 200, text: 'ok' })],
  },
  {
    title: 'get data of a conversation',
    request: { get: { id: 'what was said', topic: bob, what: 'data' } },
    answers: [
      message(1, bob, 'Good morning'),
      message(2, bob, 'Are you up?'),
      message(3, ada, 'Now I am'),
      ctrl({ id: 'what was said', topic: bob, code: 200, text: 'ok' }),
    ],
  },
  {
    title: 'pub',
    request: { pub: { id: 'my answer', topic: bob, content: 'It is Saturday, you know' } },
    answers: [
      ctrl({ id: 'my answer', topic: bob, params: { seq: 4 }, code: 202, text: 'accepted' }),
      message(4, ada, 'It is Saturday, you know'),
    ],
  },
  { title: 'a message of the other', answers: [message(4, bob, 'So it is')] },
  {
    title: 'leave a conversation',
    request: { leave: { id: 'bye', topic: bob } },
    answers: [ctrl({ id: 'bye', topic: bob, code: 200, text: 'ok' })],
  },
  {
    title: 'leave it again',
    request: { leave: { id: 'bye', topic: bob } },
    answers: [ctrl({ id: 'bye', topic: bob, code: 304, text: 'not joined' })],
  },
  {
    title: 'leave what is no topic',
    request: { leave: { id: 'bye', topic: 'usrq2Hd80xYE' } },
    answers: [ctrl({ id: 'bye', topic: 'usrq2Hd80xYE', code: 400, text: 'malformed' })],
  },
];
