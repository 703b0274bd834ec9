import { expect, it } from 'vitest';
import { createAccountStore } from './account-store.ts';
import { createTokenStore } from './token-store.ts';
import { append, attach, attachedOf, attendanceOf, createTopic, detach, isAttached, mayIn } from './topic.ts';
import { createTopicStore } from './topic-store.ts';

const all = { want: 'JRWP', given: 'JRWP', updatedMs: 5 };
const mute = { want: 'JRWP', given: 'JP', updatedMs: 6 };

it('finds accounts by name, id and any of their tags', () => {
  const accounts = createAccountStore();
  const account = (id: string, createdMs: number, ...tags: string[]) => ({
    id,
    login: `login-${id}`,
    password: '',
    tags,
    access: { auth: 'JRWP', anon: 'N' },
    createdMs,
    updatedMs: createdMs,
    public: undefined,
  });
  const late = account('late', 2, 'x', 'y');
  const early = account('early', 1, 'y');
  const untagged = account('untagged', 3);
  for (const each of [late, early, untagged]) accounts.add(each);
  expect(accounts.withLogin('login-late')).toBe(late);
  expect(accounts.withId('early')).toBe(early);
  expect(accounts.withTags(['x', 'y', 'z'])).toEqual([late, early]);
  expect(accounts.withTags([])).toEqual([]);
  expect(accounts.withoutTags()).toEqual([untagged]);
  accounts.remove(late);
  expect([accounts.withId('late'), accounts.withLogin('login-late'), accounts.withTags(['x'])]).toEqual([
    undefined,
    undefined,
    [],
  ]);
  expect(accounts.all()).toEqual([early, untagged]);
});

it('issues tokens that end', () => {
  const tokens = createTokenStore({ lifeMs: 100, secretBytes: 48, randomBytes: count => new Uint8Array(count) });
  const token = tokens.issue('ada', 1000, undefined);
  expect(token).toEqual({ secret: 'A'.repeat(64), user: 'ada', expiresMs: 1100 });
  expect(tokens.find(token.secret, 1099)).toBe(token);
  expect(tokens.find(token.secret, 1100)).toBeUndefined();
  expect(tokens.find('B', 1000)).toBeUndefined();
});

it('has one conversation for two users, and lists it for both', () => {
  const topics = createTopicStore(createTopic);
  const topic = topics.openP2p('ada', 'bob', 5);
  expect(topics.openP2p('bob', 'ada', 6)).toBe(topic);
  expect(topics.join(topic, 'ada', all)).toBe(true);
  expect(topics.join(topic, 'ada', mute)).toBe(false);
  expect(topic.subscriptions.get('ada')).toEqual(all);
  topics.join(topic, 'bob', all);
  topics.join(topics.me('ada'), 'ada', all);
  expect(topics.p2p('bob', 'ada')).toBe(topic);
  expect(topics.p2p('bob', 'carol')).toBeUndefined();
  expect([topics.conversationsOf('ada'), topics.conversationsOf('bob')]).toEqual([[topic], [topic]]);
  topics.part(topic, 'bob');
  expect([topics.conversationsOf('ada'), topics.conversationsOf('bob')]).toEqual([[topic], []]);
  topics.drop(topic);
  expect([topics.p2p('ada', 'bob'), topics.conversationsOf('ada')]).toEqual([undefined, []]);
});

it('tells users, topics and kinds apart', () => {
  const topics = createTopicStore(createTopic);
  expect(topics.me('ada')).toBe(topics.me('ada'));
  expect(topics.me('ada')).not.toBe(topics.me('bob'));
  expect(topics.me('ada')).not.toBe(topics.fnd('ada'));
  expect(topics.group('grp1')).toBeUndefined();
  expect(topics.openGroup('grp1', 0)).toBe(topics.group('grp1'));
});

const said = (from: string) => ({ from, atMs: 7, content: 'x' });

it('numbers messages, and knows who is there and may read', () => {
  const topics = createTopicStore(createTopic);
  const topic = topics.openGroup('grp1', 0);
  topics.join(topic, 'ada', all);
  topics.join(topic, 'bob', mute);
  attach(topic, 1, 'ada');
  attach(topic, 2, 'ada');
  attach(topic, 3, 'bob');
  expect([append(topic, said('ada')).seq, append(topic, said('bob')).seq, topic.seq]).toEqual([1, 2, 2]);
  expect(attachedOf(topic, 'ada')).toEqual([1, 2]);
  topics.join(topic, 'eve', all);
  expect(attendanceOf(topic)).toEqual({ readers: [1, 2], absent: ['eve'] });
  attach(topic, 4, 'eve');
  expect(attendanceOf(topic)).toEqual({ readers: [1, 2, 4], absent: [] });
  expect(attendanceOf(topic)).toBe(attendanceOf(topic));
  expect([mayIn(topic, 'ada', 'W'), mayIn(topic, 'bob', 'W'), mayIn(topic, 'zoe', 'J')]).toEqual([true, false, false]);
  detach(topic, 1);
  expect([isAttached(topic, 1), isAttached(topic, 2)]).toEqual([false, true]);
  expect(attendanceOf(topic).readers).toEqual([2, 4]);
});
