import { describe, expect, it } from 'vitest';
import { call, join, type Lounge, leave, openLounge, register, send, unregister } from '../testing/plugin.ts';
import { type FaultName, faults } from './faults.ts';

const secure = (more: object = {}) => join('vault', 'home', { secure: 'secure', ...more });
const acl = ['https://*.home.example'];
const quiet = (request: object) => ({ ...request, id: undefined });
const onPluginPath = (lounge: Lounge, method: string) => {
  lounge.connect('web', '/jsonrpc/Messenger');
  return lounge.say('web', { ...call('versions'), method });
};

/** Before there is a connection that could say anything. */
const ofHandshake = ['subprotocol-not-echoed', 'first-subprotocol-chosen'] as const;
type OfHandshake = (typeof ofHandshake)[number];

/** What has to happen for each fault to fire. */
const triggers: Record<Exclude<FaultName, OfHandshake>, (lounge: Lounge) => string[]> = {
  'version-not-said': lounge => lounge.say('eve', call('versions')),
  'ids-as-text': lounge => lounge.say('eve', call('versions')),
  'ids-signed': lounge => lounge.say('eve', call('versions', undefined, 2 ** 31)),
  'zero-is-no-id': lounge => lounge.say('eve', call('versions', undefined, 0)),
  'without-id-not-done': lounge => lounge.say('eve', quiet(join('attic', 'eve'))),
  'without-id-answered': lounge => lounge.say('eve', quiet(join('attic', 'eve'))),
  'without-id-errors-kept': lounge => lounge.say('eve', quiet(leave('none'))),
  'not-json-ignored': lounge => lounge.say('eve', '{'),
  'other-error-codes': lounge => lounge.say('eve', leave('none')),
  'errors-without-name': lounge => lounge.say('eve', leave('none')),
  'result-true': lounge => lounge.say('alice', send(lounge.alice, 'x')),
  'any-version-served': lounge => lounge.say('eve', { ...call('versions'), method: 'Messenger.2.versions' }),
  'version-demanded': lounge => lounge.say('eve', { ...call('versions'), method: 'Messenger.versions' }),
  'any-callsign-served': lounge => lounge.say('eve', { ...call('versions'), method: 'Other.1.versions' }),
  'plugin-path-needs-callsign': lounge => onPluginPath(lounge, 'versions'),
  'unknown-method-done': lounge => lounge.say('eve', call('jump')),
  'methods-without-case': lounge => lounge.say('eve', call('Versions')),
  'members-without-case': lounge => lounge.say('eve', call('join', { Room: 'attic', user: 'eve' })),
  'room-names-without-case': lounge => lounge.say('eve', join('Lounge', 'eve')),
  'user-names-without-case': lounge => lounge.say('eve', join('lounge', 'Alice')),
  'everything-exists': lounge => lounge.say('eve', call('exists', { method: 'jump' })),
  'types-converted': lounge => lounge.say('eve', join(7, 'eve')),
  'empty-names-accepted': lounge => lounge.say('eve', join('', 'eve')),
  'joined-twice': lounge => lounge.say('eve', join('lounge', 'alice')),
  'refused-join-told': lounge => lounge.say('eve', join('lounge', 'alice')),
  'events-without-case': lounge => [
    ...lounge.say('eve', register('RoomUpdate', 'second')),
    ...lounge.say('alice', join('attic', 'alice')),
  ],
  'client-ids-in-lower-case': lounge => lounge.say('eve', register('roomupdate', 'Second')),
  'no-versions': lounge => lounge.say('eve', call('versions')),
  'names-trimmed': lounge => lounge.say('alice', join(' attic', 'alice')),
  'message-to-who-watches-users': lounge => {
    lounge.say('alice', unregister('message', `${lounge.alice}.c`));
    return lounge.say('bob', send(lounge.bob, 'x'));
  },
  'registrations-outlive-connections': lounge => {
    lounge.leave('eve');
    return lounge.say('bob', register('roomupdate', 'tower'));
  },
  'roomid-as-object': lounge => lounge.say('eve', join('attic', 'eve')),
  'roomid-in-capitals': lounge => lounge.say('eve', join('attic', 'eve')),
  'roomid-of-the-room': lounge => {
    lounge.join('alice', 'attic');
    return lounge.say('eve', join('attic', 'eve'));
  },
  'roomid-not-fresh': lounge => lounge.say('eve', join('attic', 'eve')),
  'created-at-every-join': lounge => lounge.say('alice', join('lounge', 'carol')),
  'created-not-told': lounge => lounge.say('alice', join('attic', 'alice')),
  'destroyed-not-told': lounge => lounge.say('alice', leave(lounge.join('alice', 'attic'))),
  'destroyed-at-every-leave': lounge => lounge.say('alice', leave(lounge.alice)),
  'left-roomid-still-sends': lounge => [
    ...lounge.say('alice', leave(lounge.alice)),
    ...lounge.say('alice', send(lounge.alice, 'x')),
  ],
  'unknown-roomid-left': lounge => lounge.say('eve', leave('none')),
  'sent-with-unknown-roomid': lounge => lounge.say('eve', send('none', 'x')),
  'closing-does-not-leave': lounge => lounge.leave('alice'),
  'message-not-to-sender': lounge => lounge.say('alice', send(lounge.alice, 'x')),
  'message-to-other-rooms': lounge => lounge.say('alice', send(lounge.join('alice', 'attic'), 'x')),
  'message-twice': lounge => lounge.say('alice', send(lounge.alice, 'x')),
  'message-truncated': lounge => lounge.say('alice', send(lounge.alice, 'x'.repeat(41))),
  'sender-misnamed': lounge => {
    lounge.join('eve', 'lounge');
    return lounge.say('alice', send(lounge.alice, 'x'));
  },
  'registered-twice': lounge => lounge.say('eve', register('roomupdate', 'tower')),
  'one-event-for-a-client': lounge => lounge.say('eve', register('userupdate', `${lounge.alice}.tower`)),
  'incomplete-registration-accepted': lounge => lounge.say('eve', call('register', { event: 'message' })),
  'never-registered-unregistered': lounge => lounge.say('eve', unregister('message', 'tower')),
  'unregister-without-effect': lounge => [
    ...lounge.say('eve', unregister('roomupdate', 'tower')),
    ...lounge.say('alice', join('attic', 'alice')),
  ],
  'unregister-ends-other-events': lounge => [
    ...lounge.say('alice', unregister('userupdate', `${lounge.alice}.c`)),
    ...lounge.say('alice', send(lounge.alice, 'x')),
  ],
  'one-session-only': lounge => {
    lounge.say('bob', register('message', `${lounge.alice}.desk`));
    return lounge.say('alice', send(lounge.alice, 'x'));
  },
  'client-id-left-out': lounge => lounge.say('eve', join('lounge', 'eve')),
  'roomid-left-out': lounge => lounge.say('eve', join('lounge', 'eve')),
  'rooms-not-replayed': lounge => lounge.say('eve', register('roomupdate', 'second')),
  'oldest-room-not-replayed': lounge => {
    lounge.join('alice', 'attic');
    return lounge.say('eve', register('roomupdate', 'second'));
  },
  'rooms-replayed-as-destroyed': lounge => lounge.say('eve', register('roomupdate', 'second')),
  'secure-rooms-told-as-insecure': lounge => lounge.say('home', secure({ acl })),
  'insecure-taken-for-secure': lounge => lounge.say('alice', join('attic', 'alice', { secure: 'insecure' })),
  'users-not-replayed': lounge => lounge.say('eve', register('userupdate', `${lounge.alice}.e`)),
  'oneself-not-replayed': lounge => lounge.say('eve', register('userupdate', `${lounge.alice}.e`)),
  'joined-not-told': lounge => lounge.say('eve', join('lounge', 'eve')),
  'left-not-told': lounge => lounge.say('alice', leave(lounge.alice)),
  'left-told-as-joined': lounge => lounge.say('alice', leave(lounge.alice)),
  'rooms-told-twice': lounge => lounge.say('alice', join('attic', 'alice')),
  'users-told-twice': lounge => lounge.say('alice', leave(lounge.alice)),
  'rooms-told-to-members': lounge => lounge.say('alice', join('attic', 'alice')),
  'left-for-good': lounge => {
    lounge.say('alice', leave(lounge.alice));
    return lounge.say('alice', join('lounge', 'alice'));
  },
  'unissued-token-passed-over': lounge => {
    lounge.say('home', secure({ acl }));
    lounge.connect('stranger', '/jsonrpc', 'unissued');
    return lounge.say('stranger', join('vault', 'stranger', { secure: 'secure' }));
  },
  'tokenless-kept-out': lounge => {
    lounge.say('home', secure({ acl }));
    return lounge.say('alice', join('vault', 'alice', { secure: 'secure' }));
  },
  'userupdate-to-other-rooms': lounge => lounge.say('alice', join('attic', 'alice')),
  'acl-not-asked': lounge => [
    ...lounge.say('home', secure({ acl })),
    ...lounge.say('office', join('vault', 'office', { secure: 'secure' })),
  ],
  'acl-without-wildcards': lounge => [
    ...lounge.say('home', secure({ acl })),
    ...lounge.say('home', join('vault', 'other', { secure: 'secure' })),
  ],
  'acl-by-beginning': lounge => [
    ...lounge.say('home', secure({ acl: ['https://desk.office'] })),
    ...lounge.say('office', join('vault', 'office', { secure: 'secure' })),
  ],
  'acl-dots-fit-all': lounge => [
    ...lounge.say('home', secure({ acl: ['https://desk.offic..example:8443'] })),
    ...lounge.say('office', join('vault', 'office', { secure: 'secure' })),
  ],
  'secure-without-token-refused': lounge => lounge.say('alice', join('vault', 'alice', { secure: 'secure' })),
  'closing-leaves-in-r4': lounge => lounge.leave('alice'),
  'twins-are-one': lounge => lounge.say('alice', join('lounge', 'carol', { secure: 'secure' })),
  'secure-room-without-acl': lounge => lounge.say('home', secure()),
  'secure-room-with-empty-acl': lounge => lounge.say('home', secure({ acl: [] })),
  'open-room-secured-later': lounge => lounge.say('home', join('lounge', 'home', { secure: 'secure' })),
  'second-acl-accepted': lounge => [
    ...lounge.say('home', secure({ acl })),
    ...lounge.say('home', join('vault', 'other', { secure: 'secure', acl })),
  ],
  'acl-outlives-room': lounge => {
    const [, answer] = lounge.say('home', secure({ acl }));
    lounge.say('home', leave(JSON.parse(answer!.slice('home< '.length)).result));
    return lounge.say('home', secure({ acl }));
  },
  'plugin-path-not-over-http': lounge => lounge.post('web', call('versions'), 'POST', '/jsonrpc/Messenger'),
  'other-methods-served': lounge => lounge.post('web', call('versions'), 'PUT'),
  'http-join-ends-with-request': lounge => lounge.post('web', join('attic', 'web')),
  'http-200-for-nothing': lounge => lounge.post('web', quiet(call('versions'))),
  'http-200-for-not-json': lounge => lounge.post('web', '{'),
  'http-500-for-errors': lounge => lounge.post('web', leave('none')),
};

const ofR4: readonly FaultName[] = ['closing-leaves-in-r4', 'twins-are-one'];

describe.each(Object.keys(triggers) as (keyof typeof triggers)[])('%s', name => {
  it('fires and changes what is heard', () => {
    const generation = ofR4.includes(name) ? 'r4' : 'r5';
    const lounge = openLounge({ generation, faults: [name] });
    const heard = triggers[name](lounge);
    expect(lounge.behaviour.counts()[name]).toBeGreaterThan(0);
    expect(heard).not.toEqual(triggers[name](openLounge({ generation })));
  });
});

describe.each(Object.keys(faults) as FaultName[])('%s', name => {
  it('names what it breaks', () => {
    expect(faults[name].breaks.length).toBeGreaterThan(0);
    expect(faults[name].description).toMatch(/\.$/);
  });
});

it('does not count a fault that has made no difference', () => {
  const always: readonly FaultName[] = ['version-not-said', 'ids-as-text', 'no-versions'];
  const names = (Object.keys(faults) as FaultName[]).filter(name => !always.includes(name));
  const lounge = openLounge({ faults: names });
  const before = lounge.behaviour.counts();
  lounge.say('eve', call('versions'));
  expect(lounge.behaviour.counts()).toEqual(before);
});
