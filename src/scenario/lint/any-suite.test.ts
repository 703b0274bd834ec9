import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadSample } from '../compile/testing/sample-suite.ts';
import { lintSuite } from './lint-suite.ts';

function words(text: string): fc.Arbitrary<string> {
  return fc.constantFrom(...text.split(' '));
}

/** Words that mean something somewhere, so that arbitrary documents get far. */
const word = words(
  'alice bob me some part other user connected barrier target otp seq socket lines x $(seq) $(x) $(alice.session) $(self.account) ' +
    '$(i) $(...x) $(case.x) $(me.seq) $(some.account.user) $(y.seq) $(y+1) $any $(( $(pack.version)',
);
const member = words('type id body ok seq x socket $as $oneOf $set $not $string $now $fill $repeat');
const stepKey = words(
  'client connect send raw http close expect never until check include with as forEach steps fetch mark since',
);

/** Any tree at all. */
const { tree } = fc.letrec<{ tree: unknown; list: unknown; map: unknown }>(tie => ({
  list: fc.array(tie('tree'), { maxLength: 4 }),
  map: fc.dictionary(fc.oneof(member, stepKey), tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  tree: fc.oneof(
    { depthSize: 'small' },
    word,
    fc.integer({ min: -1, max: 20 }),
    fc.constant(null),
    tie('list'),
    tie('map'),
  ),
}));

/** Frames, expectations and steps of the right form, with anything inside: these get to the compiler. */
const capture = fc.record({ $as: words('seq x alice other') });
const frame = fc.dictionary(member, fc.oneof(word, capture, fc.integer(), tree), { maxKeys: 3, noNullPrototype: true });
const client = fc.constantFrom('alice', 'bob', ['alice', 'bob'], 'me', 'some', ['me', 'some']);
const arguments_ = fc.record({ me: word, some: fc.array(word, { maxLength: 2 }), x: tree }, { requiredKeys: ['me'] });

const { steps } = fc.letrec<{ steps: unknown; step: unknown; expectation: unknown; some: unknown }>(tie => ({
  some: fc.array(tie('expectation'), { minLength: 1, maxLength: 3 }),
  expectation: fc.oneof(
    { depthSize: 'small' },
    fc.record(
      { frame, verify: fc.record({ frame }), check: words('a.b message.order $(case.x)') },
      { requiredKeys: ['frame'] },
    ),
    fc.record({ anyOrder: tie('some') }),
    fc.record({ oneOf: tie('some') }),
    fc.record({ optional: tie('expectation') }),
    fc.record({ repeat: tie('some'), times: fc.constantFrom(1, 3, '$(x)') }),
    fc.record({ byTransport: fc.record({ socket: tie('some'), lines: tie('some') }, { requiredKeys: ['socket'] }) }),
  ),
  step: fc.oneof(
    { depthSize: 'small' },
    fc.record(
      { client, send: frame, times: fc.constantFrom(2, '$(x)'), expect: tie('some'), until: fc.constant('barrier') },
      { requiredKeys: ['client', 'send'] },
    ),
    fc.record({ client, expect: tie('some'), never: fc.record({ frame }) }, { requiredKeys: ['client', 'expect'] }),
    fc.record(
      { include: words('part other user none'), with: arguments_, as: words('seq y') },
      { requiredKeys: ['include', 'with'] },
    ),
    fc.record({
      forEach: fc.record({ x: fc.oneof(fc.array(tree, { maxLength: 12 }), words('$(x) $(y) $(case.x)')) }),
      steps: tie('steps'),
    }),
    fc.record({ fetch: words('otp none'), as: words('seq x') }),
  ),
  steps: fc.array(tie('step'), { minLength: 1, maxLength: 4 }),
}));

const anySteps = fc.oneof({ weight: 9, arbitrary: steps }, { weight: 1, arbitrary: tree });
const fragment = fc.record({
  antiphon: fc.constant(1),
  fragment: fc.constant('A fragment'),
  protocol: fc.constant('chat'),
  clients: fc.constantFrom({ me: 'one' }, { me: 'one', some: 'many' }),
  params: fc.record({ x: fc.oneof(word, tree) }, { requiredKeys: [] }),
  gives: fc.constantFrom(['seq'], ['other']),
  steps: anySteps,
});
const scenario = fc.record(
  {
    antiphon: fc.constant(1),
    scenario: fc.constant('A scenario'),
    protocol: fc.constant('chat'),
    vars: fc.record({ x: tree, y: tree }, { requiredKeys: [] }),
    cases: fc.uniqueArray(fc.record({ name: words('one two three'), x: tree }), {
      minLength: 1,
      selector: each => each.name,
    }),
    clients: fc.constantFrom(
      { alice: 'user', bob: 'connected' },
      { alice: { as: 'guest', ignore: ['$any'] }, bob: 'user', seq: 'offline' },
    ),
    ignore: tree,
    steps: anySteps,
    finally: steps,
  },
  { requiredKeys: ['antiphon', 'scenario', 'protocol', 'clients', 'steps'] },
);

test('any files are linted without an exception, and in bounded time', () => {
  fc.assert(
    fc.property(scenario, fragment, fragment, (main, part, other) => {
      const files = {
        's.yaml': JSON.stringify(main),
        'fragments/part.yaml': JSON.stringify(part),
        'fragments/other.yaml': JSON.stringify(other),
      };
      const found = lintSuite(loadSample(files));
      const places = found.map(
        ({ code, message, span }) => `${span.file}:${span.line}:${span.column} ${code} ${message}`,
      );
      expect(new Set(places).size).toBe(places.length);
    }),
    { numRuns: 60 },
  );
}, 60_000);

/** Loops in loops, ten turns each, around a step. */
function nested(depth: number, step: string): string {
  if (depth === 0) return step;
  return `{ forEach: { x${depth}: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }, steps: [ ${nested(depth - 1, step)} ] }`;
}

test.each([
  ['nested forEach', `steps: [ ${nested(12, '{ client: alice, until: 1 s }')} ]`],
  [
    'nested forEach without steps',
    `steps: [ ${nested(12, '{ forEach: { y: [] }, steps: [ { client: alice, until: 1 s } ] }')} ]`,
  ],
  [
    'variables that multiply',
    `vars: { a0: 1, ${Array.from({ length: 30 }, (_, k) => `a${k + 1}: [ $(a${k}), $(a${k}), $(a${k}), $(a${k}) ]`).join(', ')} }\nsteps: [ { client: alice, send: { type: say, all: $(a30) } } ]`,
  ],
  [
    'lists that multiply',
    `vars: { a0: [1], ${Array.from({ length: 30 }, (_, k) => `a${k + 1}: [ $(...a${k}), $(...a${k}), $(...a${k}), $(...a${k}) ]`).join(', ')} }\nsteps: [ { forEach: { x: $(a30) }, steps: [ { client: alice, until: 1 s } ] } ]`,
  ],
  [
    'many cases with many steps',
    `cases: [ ${Array.from({ length: 300 }, (_, k) => `{ name: c${k} }`).join(', ')} ]\nsteps: [ ${nested(3, '{ client: alice, until: 1 s }')} ]`,
  ],
])(
  '%s: too much is told, once',
  (_, body) => {
    const scenarioText = `antiphon: 1\nscenario: Too much\nprotocol: chat\ntransports: [socket]\nclients: { alice: user }\n${body}\n`;
    const started = performance.now();
    const codes = lintSuite(loadSample({ 's.yaml': scenarioText }))
      .filter(({ severity }) => severity === 'error')
      .map(({ code }) => code);
    expect(codes).toEqual(['too-many-steps']);
    expect(performance.now() - started).toBeLessThan(20_000);
  },
  60_000,
);
