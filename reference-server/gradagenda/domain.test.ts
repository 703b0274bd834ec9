import fc from 'fast-check';
import { expect, it } from 'vitest';
import { batch, create, direct, list, modify, openRoom, remove, send } from '../testing/room.ts';
import { type FaultName, faults } from './faults.ts';
import { type VariantName, variants } from './variants.ts';

const users = ['alice', 'bob', 'carol'];
const session = fc.constantFrom('mutable-e1-1', 'mutable-e1-2', 'direct-WyJhbGljZSIsImJvYiJd', 'none', '');
const some = fc.array(fc.oneof(fc.constantFrom<string | number>(...users, 'eve', 7), fc.string()), { maxLength: 6 });
const single = fc.oneof(
  some.map(named => create(...named)),
  fc.tuple(session, some).map(([id, named]) => modify(id, ...named)),
  session.map(remove),
  fc.constantFrom(...users).map(direct),
  fc.constant(list),
  fc.tuple(session, fc.string({ unit: 'binary', maxLength: 200 })).map(([id, body]) => send(id, body)),
  fc.jsonValue().map(value => ({ cdid: '', type: value }) as object),
);
const action: fc.Arbitrary<object> = fc.oneof(
  { weight: 5, arbitrary: single },
  { weight: 1, arbitrary: fc.array(single, { maxLength: 5 }).map(inner => batch(...inner)) },
);
const step = fc.tuple(
  fc.constantFrom(...users),
  fc.oneof(
    { weight: 9, arbitrary: action },
    fc.jsonValue().map(value => JSON.stringify(value)),
  ),
);

const frames = (lines: string[], who: string): string[] =>
  lines.filter(line => line.startsWith(`${who}< `)).map(line => line.slice(who.length + 2));

it('takes any bytes and answers or closes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), fc.boolean(), (payload, binary) => {
      const room = openRoom();
      room.enter('alice');
      const heard = room.say('alice', payload, binary);
      expect(heard).toHaveLength(1);
      expect(heard[0]).toMatch(/^alice (closed 100[379])$|^alice< /);
    }),
  );
});

it('says JSON objects within the limit to whoever is connected, whatever is asked of it', () => {
  const variant = fc.option(fc.constantFrom(...(Object.keys(variants) as VariantName[])), { nil: undefined });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), variant, fc.constantFrom(256, 4096), (steps, varied, frameBytes) => {
      const room = openRoom({ frameBytes, variants: varied ? [varied] : [] });
      for (const user of users) room.enter(user);
      const closed = new Set<string>();
      for (const [who, what] of steps) {
        for (const line of room.say(who, what)) {
          const name = line.split(/[< ]/, 1)[0]!;
          expect(closed).not.toContain(name);
          if (/^\w+ closed/.test(line)) closed.add(name);
          else expect(Buffer.byteLength(line.slice(name.length + 2))).toBeLessThanOrEqual(frameBytes);
          if (!/^\w+ closed/.test(line)) expect(JSON.parse(line.slice(name.length + 2))).toHaveProperty('type');
        }
      }
    }),
  );
});

it('never throws with any fault either', () => {
  const fault = fc.constantFrom(...(Object.keys(faults) as FaultName[]));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 10 }), fault, (steps, name) => {
      const room = openRoom({ faults: [name] });
      for (const user of users) room.enter(user);
      for (const [who, what] of steps) room.say(who, what);
    }),
  );
});

it('does a batch as if its actions had come one by one', () => {
  fc.assert(
    fc.property(fc.array(single, { maxLength: 5 }), actions => {
      const one = openRoom();
      const other = openRoom();
      for (const user of users) {
        one.enter(user);
        other.enter(user);
      }
      expect(one.say('alice', batch(...actions))).toEqual(actions.flatMap(inner => other.say('alice', inner)));
    }),
  );
});

it('shows the messages of a session to all who are in it in one order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), steps => {
      const room = openRoom();
      for (const user of users) room.enter(user);
      room.say('alice', create('bob', 'carol'));
      const spoken = steps.map(([who], index) => room.say(who, send('mutable-e1-1', String(index))));
      const [first, ...rest] = users.map(user => frames(spoken.flat(), user));
      expect(first).toHaveLength(steps.length);
      for (const other of rest) expect(other).toEqual(first);
    }),
  );
});
