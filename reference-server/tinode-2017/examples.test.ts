import { expect, it } from 'vitest';
import { createPack } from '../../src/packs/create-pack.ts';
import { findPack } from '../../src/packs/find-pack.ts';
import { loadPack } from '../../src/packs/load-pack.ts';
import { account, hi, leave, openTinodeRoom, pub, sub, type TinodeRoom } from '../testing/tinode-room.ts';
import { type Exchange, exchanges } from './examples.ts';

const { packFile, schemas, digest } = await loadPack(findPack('tinode-2017'));
const pack = createPack(packFile!, schemas, digest);

it.each(exchanges)('the suite knows both sides of: $title', ({ request, answers }) => {
  const decoded = answers.map(answer => {
    const text = JSON.stringify(answer);
    return pack.decode('websocket', { text, sizeBytes: Buffer.byteLength(text), opcode: 'text' });
  });
  expect(decoded.flatMap(({ violations }) => violations)).toEqual([]);
  if (!request) return;
  const read = pack.decode('websocket', { text: JSON.stringify(request), sizeBytes: 1, opcode: 'text' });
  const [kind] = Object.keys(request);
  expect(read.ok && pack.validate('sent', kind, read.frames[0]!)).toEqual([]);
});

const adaId = 'usrAQEBAQEBAQE';

function greeted(room: TinodeRoom, name = 'ada'): void {
  room.connect(name);
  room.say(name, hi);
}

/** Ada has an account; her session here is another. */
function known(room: TinodeRoom): void {
  greeted(room, 'ada at home');
  room.say('ada at home', requestOf('acc with login'));
  greeted(room);
}

function entered(room: TinodeRoom): void {
  greeted(room);
  room.say('ada', requestOf('acc with login'));
  room.enter('bob');
}

/** Bob has begun a conversation; three messages were said; ada is on me. */
function talked(room: TinodeRoom): void {
  entered(room);
  room.say('bob', sub(adaId));
  room.say('ada', sub(room.idOf('bob')));
  for (const text of ['Good morning', 'Are you up?']) room.say('bob', pub(adaId, text));
  room.say('ada', pub(room.idOf('bob'), 'Now I am'));
  room.say('ada', sub('me'));
}

function finding(room: TinodeRoom): void {
  entered(room);
  greeted(room, 'found');
  room.say('found', account('found', { tags: ['email:bob@example.com'] }));
  room.say('ada', sub('fnd'));
  room.say('ada', requestOf('set tags to look for'));
}

/** What has happened before, by the title of the exchange. Its request comes from `ada`. */
const situations: Readonly<Record<string, (room: TinodeRoom) => unknown>> = {
  hi: room => room.connect('ada'),
  'hi of another version': room => room.connect('ada'),
  acc: greeted,
  'acc of a name that is taken': known,
  'acc of who is logged in': entered,
  'acc with login': greeted,
  'login by password': known,
  'login by token': known,
  'login that is wrong': known,
  'login of who is logged in': entered,
  'sub me': entered,
  'sub me again': talked,
  'get desc of me': talked,
  'get sub of me': talked,
  'get data of me': talked,
  'sub me with everything': room => [talked(room), room.say('ada', leave('me'))],
  'get everything of me': talked,
  'sub fnd': entered,
  'set tags to look for': finding,
  'get who was found': finding,
  'set no tags': finding,
  'leave fnd': finding,
  'sub to a user': entered,
  'get data of a conversation': talked,
  pub: talked,
  'leave a conversation': talked,
  'leave it again': room => [talked(room), room.say('ada', leave(room.idOf('bob')))],
  'leave what is no topic': entered,
};

it.each(exchanges.filter(({ request }) => request))('the server answers in the same form: $title', exchange => {
  const room = openTinodeRoom();
  situations[exchange.title]!(room);
  const heard = room.say('ada', addressed(room, exchange.request!)).filter(([who]) => who === 'ada');
  expect(heard.map(([, frame]) => formOf(frame))).toEqual(formsOf(exchange));
});

it.each<[string, (room: TinodeRoom) => readonly (readonly [string, object])[]]>([
  ['somebody comes online', room => room.say('bob', sub('me'))],
  ['somebody has written', room => [room.say('ada', leave(room.idOf('bob'))), room.say('bob', pub(adaId, 'x'))][1]!],
  ['a message of the other', room => room.say('bob', pub(adaId, 'So it is'))],
])('the server says by itself, in the same form: %s', (title, happens) => {
  const room = openTinodeRoom();
  talked(room);
  const heard = happens(room).filter(([who]) => who === 'ada');
  expect(heard.map(([, frame]) => formOf(frame))).toEqual(formsOf(exchangeOf(title)));
});

function exchangeOf(title: string): Exchange {
  return exchanges.find(exchange => exchange.title === title)!;
}

function requestOf(title: string): object {
  return exchangeOf(title).request!;
}

/** The request with the id of bob in this room, and a token that ada has. */
function addressed(room: TinodeRoom, request: object): object {
  const issued = Buffer.from(new Uint8Array(48).fill(2)).toString('base64');
  const text = JSON.stringify(request).replaceAll('usrq2Hd80-_xYE', room.idOf('bob'));
  return JSON.parse(text.replace(/"tok3[^"]*"/, JSON.stringify(issued)));
}

/** Without what no request of the document makes: invitations. */
function formsOf({ answers }: Exchange): string[] {
  return answers.filter(answer => !JSON.stringify(answer).includes('"act":"inv"')).map(formOf);
}

/** Kind, names of members down to the second level, and what the document fixes: codes, texts, kinds of notices. */
function formOf(frame: object): string {
  const [[kind, body]] = Object.entries(frame) as [[string, Record<string, unknown>]];
  const fixed = [body.code, body.text, body.what].filter(value => value !== undefined);
  return `${kind} ${namesIn(body)} ${fixed.join(' ')}`;
}

function namesIn(value: object, depth = 2): string {
  const names = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => (depth > 1 && isObject(member) ? `${name}(${namesIn(member, depth - 1)})` : name));
  return names.sort().join(' ');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
