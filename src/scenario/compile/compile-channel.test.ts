import { expect, test } from 'vitest';
import type { Diagnostic } from '../../foundation/diagnostic.ts';
import { createPack } from '../../packs/create-pack.ts';
import { readWorkloadFile } from '../files/read-file.ts';
import { type ChannelOptions, compileChannel } from './compile-channel.ts';
import { openSuite } from './open-suite.ts';
import { sketchBuilt, sketchSteps } from './testing/plan-sketch.ts';
import { loadSample } from './testing/sample-suite.ts';

const workload = `antiphon: 1
workload: One room, everybody talks
protocol: chat
roles: { owner: { as: guest, count: 1 }, member: { as: guest, count: 3 } }
join:
  - client: owner
    send: { type: open, members: $(member.account.user) }
    expect: { frame: { type: opened, room: { $as: room } } }
  - client: member
    expect: { frame: { type: opened, room: $(room), seat: { $as: seat } } }
leave:
  - { client: [owner, member], close: {} }
publish:
  - by: [owner, member]
    send: { type: say, room: $(room), from: $(self.account.user), body: $payload }
    payload: 100 bytes
    to: member
    schedule: { rate: 5/s }
disrupt:
  - { at: 1 s, role: member, do: reconnect, join: [ { client: member, connect: {}, send: { type: enter, room: $(room), seat: $(member.seat) } } ] }
phases: { hold: 5 s }
`;

function compiled(options?: ChannelOptions, text = workload) {
  const loaded = loadSample({});
  const packFile = loaded.packFile!;
  const pack = createPack(packFile, loaded.schemas, loaded.digest);
  const found: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => void found.push(diagnostic);
  const { file, diagnostics } = readWorkloadFile(text, 'chat/load.yaml');
  const channel = compileChannel(file!, openSuite({ ...loaded, packFile, pack }, 'token', report), report, options);
  return { channel, found: [...diagnostics, ...found] };
}

test('a role is a client, or several; joins and leaves are steps of a plan', () => {
  const { channel, found } = compiled();
  expect(found).toEqual([]);
  expect([...channel.roles]).toEqual([
    ['owner', ['owner']],
    ['member', ['member-1', 'member-2', 'member-3']],
  ]);
  expect(channel.plan.clients.map(({ name, actor, account, transport }) => [name, actor, account, transport])).toEqual([
    ['owner', 'guest', true, 'socket'],
    ['member-1', 'guest', true, 'socket'],
    ['member-2', 'guest', true, 'socket'],
    ['member-3', 'guest', true, 'socket'],
  ]);
  expect(sketchSteps(channel.plan.steps)).toEqual([
    'owner connect',
    'member-1+member-2+member-3 connect',
    'owner send {type: "open", members: <each(member-1.account member-2.account member-3.account).user>} expect {type: "opened", room: as room}',
    'member-1+member-2+member-3 expect {type: "opened", room: <room>, seat: as self.seat}',
  ]);
  expect(sketchSteps(channel.plan.finally)).toEqual(['owner+member-1+member-2+member-3 close']);
});

test('users of a role do their recipe together, each with its own account and what is given to it', () => {
  const users = workload.replace('as: guest, count: 3', 'as: user, count: 2');
  const { channel, found } = compiled({}, users);
  expect(found).toEqual([]);
  const recipe = channel.plan.steps.filter(({ phase }) => phase === 'recipe');
  expect(sketchSteps(recipe)).toEqual([
    'owner connect',
    'member-1+member-2 connect send {type: "login", user: <self.account.user>, token: <self.account.token>, device: "first"} expect login.works {type: "reply", ok: true, session: as self.session} @/id',
  ]);
  expect(recipe.at(-1)!.via[0]).toMatch(/^recipe: member as user /);
});

test('who publishes is self, and captures are those of the channel', () => {
  const [published] = compiled().channel.publish;
  expect(published!.by).toEqual(['owner', 'member-1', 'member-2', 'member-3']);
  expect(published!.to).toEqual(['member-1', 'member-2', 'member-3']);
  expect(sketchBuilt(published!.send)).toBe('{type: "say", room: <room>, from: <self.account.user>, body: payload}');
});

test('who reconnects is one client of its role', () => {
  expect(compiled().channel.disrupt.map(sketchSteps)).toEqual([
    ['member-1 connect send {type: "enter", room: <room>, seat: <member-1.seat>}'],
  ]);
});

test('a large role can be cut short', () => {
  expect(compiled({ mostClients: 2 }).channel.roles.get('member')).toEqual(['member-1', 'member-2']);
});
