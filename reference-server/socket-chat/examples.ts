/** The examples of FORMAT.md in its order, with values of our own, as one conversation of three people. */

export interface Exchange {
  /** The headings of the examples. */
  readonly title: string;
  readonly by: 'xeno' | 'dee' | 'fay';
  readonly says: object;
  /** Who hears what, in this order. */
  readonly heard: readonly (readonly [who: string, frame: object])[];
  /** Milliseconds that pass behind it. */
  readonly passMs?: number;
}

const password = 'e2fc714c4727ee9395f324cd2e7f331f';
const xeno = { username: 'xeno', email: 'xeno@mail.example' };
const dee = { username: 'dee', email: 'dee@mail.example' };
const fay = { username: 'fay', email: 'fay@mail.example' };
const media = 'https://media.example/cat.png';
const time = 1598918400;

const registered = (by: Exchange['by'], who: { username: string; email: string }, otp: string): Exchange[] => [
  {
    title: 'Begin Registration Process; OTP Sent',
    by,
    says: { type: 'registration', details: { email: who.email, password, username: who.username } },
    heard: [[by, { event: 'sent', type: 'otp', message: `OTP sent to ${who.email}` }]],
  },
  {
    title: 'Verify OTP; User is successfully registered',
    by,
    says: { type: 'verify', otp },
    heard: [[by, { event: 'success', type: 'verify' }]],
  },
  {
    title: 'Client Login Request; if credentials found',
    by,
    says: { type: 'login', details: { username: who.username, email: who.email, password } },
    heard: [[by, { event: 'success', type: 'login', details: { ...who, friends: [] } }]],
  },
];

const voice = (event: string, email: string) => ({ type: 'voice', event, details: { email } });

export const exchanges: readonly Exchange[] = [
  {
    title: 'Error why the registration failed',
    by: 'xeno',
    says: { type: 'verify', otp: '1234' },
    heard: [['xeno', { event: 'failed', type: 'verify', message: 'this is not the password that was sent' }]],
  },
  {
    title: 'if credentials not found',
    by: 'xeno',
    says: { type: 'login', details: { username: 'xeno', email: null, password } },
    heard: [['xeno', { event: 'failed', type: 'login', message: 'there is no account with these credentials' }]],
  },
  ...registered('xeno', xeno, '0001'),
  ...registered('dee', dee, '0002'),
  ...registered('fay', fay, '0003'),
  {
    title: 'Global Message without media',
    by: 'xeno',
    says: { event: 'global', type: 'message', details: { message: 'Good evening', time } },
    heard: ['dee', 'fay'].map(
      who =>
        [
          who,
          { event: 'global', type: 'message', details: { message: 'Good evening', from: xeno.email, time } },
        ] as const,
    ),
  },
  {
    title: 'Global Message with media',
    by: 'dee',
    says: { event: 'global', type: 'message', details: { message: 'Look', media, time } },
    heard: ['xeno', 'fay'].map(
      who =>
        [
          who,
          { event: 'global', type: 'message', details: { message: 'Look', media, from: dee.email, time } },
        ] as const,
    ),
  },
  {
    title: 'Personal Message without Media; Server Message Response',
    by: 'xeno',
    says: { event: 'personal', type: 'message', details: { to: dee.email, message: 'Good evening', time } },
    heard: [
      ['xeno', { event: 'sent', type: 'message', id: 'm1' }],
      [
        'dee',
        { event: 'personal', type: 'message', details: { id: 'm1', message: 'Good evening', from: xeno.email, time } },
      ],
    ],
  },
  {
    title: 'Personal Message with Media; Server Message Response',
    by: 'fay',
    says: { event: 'personal', type: 'message', details: { to: xeno.email, message: 'Look', media, time } },
    heard: [
      ['fay', { event: 'sent', type: 'message', id: 'm2' }],
      [
        'xeno',
        { event: 'personal', type: 'message', details: { id: 'm2', message: 'Look', media, from: fay.email, time } },
      ],
    ],
  },
  {
    title: 'Log-Out',
    by: 'xeno',
    says: { type: 'logout' },
    heard: [['xeno', { event: 'success', type: 'logout' }]],
  },
  {
    title: 'Login, with friends',
    by: 'xeno',
    says: { type: 'login', details: { username: null, email: xeno.email, password } },
    heard: [['xeno', { event: 'success', type: 'login', details: { ...xeno, friends: [dee, fay] } }]],
  },
  {
    title: 'User List',
    by: 'fay',
    says: { type: 'users' },
    heard: [['fay', { event: 'success', type: 'users', details: [xeno, dee, fay] }]],
  },
  {
    title: 'Placing a call; Receiving a call',
    by: 'xeno',
    says: voice('call', dee.email),
    heard: [['dee', voice('request', xeno.email)]],
  },
  {
    title: 'Rejecting a Call; If Call Rejected',
    by: 'dee',
    says: voice('reject', xeno.email),
    heard: [['xeno', voice('reject', dee.email)]],
  },
  {
    title: 'Call Time Out',
    by: 'xeno',
    says: voice('call', dee.email),
    passMs: 30,
    heard: [
      ['dee', voice('request', xeno.email)],
      ['xeno', voice('time', dee.email)],
      ['dee', voice('time', xeno.email)],
    ],
  },
  {
    title: 'If Receiver is not Online',
    by: 'xeno',
    says: voice('call', 'nobody@mail.example'),
    heard: [['xeno', voice('offline', 'nobody@mail.example')]],
  },
  {
    title: 'Placing a call, once more',
    by: 'xeno',
    says: voice('call', dee.email),
    heard: [['dee', voice('request', xeno.email)]],
  },
  {
    title: 'Accepting a Call; If Call Accepted',
    by: 'dee',
    says: voice('accept', xeno.email),
    heard: [
      ['xeno', { type: 'voice', event: 'accept', details: { ip: '127.0.0.1', port: '4001' } }],
      ['dee', { type: 'voice', event: 'accept', details: { ip: '127.0.0.1', port: '4002' } }],
    ],
  },
  {
    title: 'Error',
    by: 'fay',
    says: voice('accept', xeno.email),
    heard: [['fay', { event: 'failed', type: 'voice', message: 'there is no call from xeno@mail.example' }]],
  },
];
