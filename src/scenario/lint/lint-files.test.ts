import { expect, test } from 'vitest';
import { samplePack } from '../compile/testing/sample-suite.ts';
import { lintSample, samplePart, scenarioHead, scenarioWithSteps } from './testing/lint-sample.ts';

test.each([
  [
    'unknown source',
    {
      's.yaml': `${scenarioWithSteps}  - { fetch: opt, with: { email: x }, as: otp }
  - client: alice
    send: { type: say, body: $(otp) }
`,
    },
    ['s.yaml:9:14 unknown-source: expected a known source, came opt [did you mean otp?]'],
  ],
  [
    'unknown actor and transport',
    {
      's.yaml': `${scenarioHead}clients: { alice: usr, bob: { as: user, transport: sockets } }
steps: [ { client: [alice, bob], until: 1 s } ]
`,
    },
    [
      's.yaml:5:19 unknown-actor: expected a known actor, came usr [did you mean user?]',
      's.yaml:5:52 unknown-transport: expected a known transport, came sockets [did you mean socket?]',
    ],
  ],
  [
    'unknown transport, protocol, capability',
    {
      's.yaml': `antiphon: 1
scenario: A test
protocol: chatt
transports: [sockett, socket]
needs: [voise, "!restartabel"]
clients: { alice: user }
steps: [ { client: alice, until: 1 s } ]
`,
    },
    [
      's.yaml:3:11 unknown-protocol: expected a known protocol in this folder, came chatt [did you mean chat?]',
      's.yaml:4:14 unknown-transport: expected a known transport, came sockett [did you mean socket?]',
      's.yaml:5:9 unknown-capability: expected a known capability, came voise [did you mean voice?]',
      's.yaml:5:16 unknown-capability: expected a known capability, came restartabel [did you mean restartable?]',
    ],
  ],
  [
    'barrier needs',
    {
      's.yaml': `${scenarioWithSteps}  - { client: alice, until: barrier }
`,
      'pack.yaml': samplePack.replace('room: lobby', 'room: $required'),
    },
    [
      'pack.yaml:25:13 missing-parameter: the end sweep does the barrier without parameters, and room has no default [give it one that is good for every client]',
      's.yaml:9:29 missing-parameter: the barrier needs the parameter room [write until: { barrier: { room: … } }]',
    ],
  ],
  [
    'overlapping captures',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { anyOrder: [ { frame: { type: info, id: { $as: one } } }, { frame: { type: info, id: { $as: two } } }, { frame: { type: other, id: { $as: three } } } ] }
  - client: bob
    send: [ { type: say, body: "$(one)$(two)$(three)" } ]
`,
    },
    [
      's.yaml:10:72 warning overlapping-captures: the item of line 10 can take the same frame, so what is bound depends on the order of arrival [tell the two apart by a member, or put them in order]',
    ],
  ],
  [
    'reply without id',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: [ { type: say, body: a }, { type: say, body: b } ]
    expect: { frame: { type: reply, ok: true } }
`,
    },
    [
      's.yaml:11:13 warning reply-without-id: the step sends several requests, and this reply does not say which it answers [give the requests ids, and ask for the id here]',
    ],
  ],
  [
    'invalid frame',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: [ { type: say, body: 5 }, { type: say }, { type: sya, body: a }, { type: say, body: $(unique), id: 7 } ]
`,
    },
    [
      's.yaml:10:13 invalid-frame: the frame breaks its schema: /body: expected text, came 5 [write invalid: true if that is meant]',
      's.yaml:10:37 invalid-frame: the frame breaks its schema: /body: expected this member, came none [write invalid: true if that is meant]',
      's.yaml:10:52 invalid-frame: the frame breaks its schema: expected a frame of a kind that has a schema, came the kind "sya" [write invalid: true if that is meant]',
      's.yaml:10:76 invalid-frame: the frame breaks its schema: /id: expected text, came 7 [write invalid: true if that is meant]',
    ],
  ],
  [
    'needless invalid',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: { type: say, body: a }
    invalid: true
`,
    },
    [
      's.yaml:10:11 needless-invalid: no frame of this step breaks its schema, but it says invalid: true [remove invalid, or break the schema]',
    ],
  ],
  [
    'unknown check',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { check: message.ordre/once, frame: { a: 1 } }
`,
    },
    [
      's.yaml:10:22 unknown-check: expected a known row of the ledger, came message.ordre [did you mean message.order?]',
    ],
  ],
  [
    'unused',
    {
      's.yaml': `${scenarioHead}vars: { text: hi }
cases: [ { name: one, body: hi } ]
clients: { alice: user, eve: guest }
steps:
  - client: alice
    send: { type: say, body: a }
    mark: sent
    expect: { frame: { type: reply, seq: { $as: seq } } }
`,
      ...samplePart(`clients: { me: one }
steps: [ { client: me, until: 1 s } ]
`),
    },
    [
      'fragments/part.yaml:2:11 warning unused-fragment: no scenario, workload or recipe includes this fragment [remove the file]',
      's.yaml:5:9 warning unused-variable: text is never used [remove it]',
      's.yaml:6:23 warning unused-case-member: the steps never use $(case.body) [remove it]',
      's.yaml:7:25 warning unused-client: the client eve does nothing, and nobody names it [remove it]',
      's.yaml:11:11 warning unused-mark: no step counts from the mark sent [remove it, or write since]',
      's.yaml:12:49 warning unused-name: seq is bound and never used [leave out $as, or compare with the name]',
    ],
  ],
  [
    'unused parameter',
    {
      's.yaml': `${scenarioWithSteps}  - { include: part, with: { me: alice } }
`,
      ...samplePart(`clients: { me: one }
params: { text: hi }
steps: [ { client: me, until: 1 s } ]
`),
    },
    ['fragments/part.yaml:5:11 warning unused-parameter: the fragment never uses its parameter text [remove it]'],
  ],
  [
    'too many steps',
    {
      's.yaml': `${scenarioWithSteps}  - forEach: { a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }
    steps: [ { forEach: { b: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }, steps: [ { forEach: { c: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }, steps: [ { forEach: { d: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }, steps: [ { client: alice, send: { type: say, body: "$(a)$(b)$(c)$(d)" } }, { client: alice, until: barrier } ] } ] } ] } ]
`,
    },
    [
      's.yaml:10:260 too-many-steps: this makes a plan of more than 10,000 steps [make the lists of forEach shorter, or use a workload for load]',
    ],
  ],
  [
    'no recipe',
    {
      'pack.yaml': samplePack.replace(
        'user: { account: true, run: user }',
        'user: { account: true, run: { token: user } }\n  member: { account: true, run: { list: user } }',
      ),
      's.yaml': `${scenarioHead}clients: { alice: user, bob: member }
steps: [ { client: [alice, bob], until: 1 s } ]
`,
    },
    [
      's.yaml:5:19 no-recipe: the actor user has no recipe for accounts of mode list [it has one for token: choose that in the target file]',
      's.yaml:5:30 no-recipe: the actor member has no recipe for accounts of mode token [it has one for list: choose that in the target file]',
    ],
  ],
  [
    'no ledger',
    { 'requirements.yaml': '', 's.yaml': scenarioWithSteps },
    ['pack.yaml:1:1 ledger-missing: expected a ledger in the folder of chat, came none [add requirements.yaml]'],
  ],
  [
    'no transport',
    {
      'pack.yaml': samplePack
        .replace('lines: { kind: lines,', 'lines: { kind: lines, message: false,')
        .replace('socket: { kind: websocket,', 'socket: { kind: websocket, message: false,'),
      's.yaml':
        'antiphon: 1\nscenario: A test\nprotocol: chat\nclients: { alice: user }\nsteps: [ { client: alice, until: 1 s } ]\n',
    },
    ['s.yaml:2:11 no-transport: the pack has no message transport, and the scenario names none [add transports]'],
  ],
  [
    'misplaced',
    {
      'notes.yaml': `a: 1
`,
    },
    [
      'notes.yaml:1:1 misplaced-file: expected a file of the language where it belongs, came another [fragments belong into fragments/, everything else outside of it; pack.yaml lies in the pack folder]',
    ],
  ],
  [
    'a broken fragment',
    {
      's.yaml': `${scenarioWithSteps}  - { include: part, with: { me: alice } }
  - client: alice
    send: { type: say, body: $(room) }
`,
      ...samplePart(`clients: { me: one }
gives: [room]
steps: [ { clinet: me } ]
`),
    },
    [
      'fragments/part.yaml:6:10 missing-key: a step needs one of the keys client, include, fetch, restart or forEach [did you mean client?]',
    ],
  ],
  [
    'workload',
    {
      'load.yaml': `antiphon: 1
workload: Some talk
protocol: chat
needs: [voise]
roles: { one: { as: user, count: 1 }, many: { as: user, count: 20 } }
join: [ { client: many, expect: { frame: { type: opened, room: $(rom) } } } ]
publish:
  - { by: on, send: { type: say, body: 5, text: text }, to: [many, mani], schedule: { rate: 5/s } }
phases: { hold: 5 s }
thresholds: [ lsot == 0, delivery.p99 < 5 ms, delivery.p9999 < 5 ms ]
`,
      'pack.yaml': samplePack.replace(/load:[\s\S]*/, ''),
    },
    [
      'load.yaml:2:11 no-load: the pack does not say where a load marker fits [add load to pack.yaml]',
      'load.yaml:4:9 unknown-capability: expected a known capability, came voise [did you mean voice?]',
      'load.yaml:6:64 unknown-name: expected a known name, came rom [known: one, many, self, i, unique, pack, limits, timers, accounts, case]',
      'load.yaml:8:11 unknown-role: expected a known role, came on [did you mean one?]',
      'load.yaml:8:21 invalid-frame: the frame breaks its schema: /body: expected text, came 5 [see the schema of its kind]',
      'load.yaml:8:21 no-payload: the message that is published has no $payload, so nobody can tell one from the other [put $payload where the text goes]',
      'load.yaml:8:68 unknown-role: expected a known role, came mani [did you mean many?]',
      'load.yaml:10:15 unknown-metric: expected a known figure, came lsot [did you mean lost?]',
      'load.yaml:10:47 unknown-metric: expected a known figure, came delivery.p9999 [did you mean delivery.p99.9?]',
    ],
  ],
  [
    'policy',
    {
      's.yaml': `${scenarioWithSteps}`,
      'policy.yaml': `antiphon: 1
policy: The gate
expectedFailures:
  - { scenario: chat/*, check: message.delivered, reason: slow }
  - { scenario: chat/t, check: message.delivred, transport: sokcet, reason: slow }
`,
    },
    [
      'policy.yaml:5:17 matches-nothing: expected a known scenario, came chat/t [did you mean chat/s?]',
      'policy.yaml:5:32 unknown-check: expected a known row of the ledger, came message.delivred [did you mean message.delivered?]',
      'policy.yaml:5:61 unknown-transport: expected a known transport, came sokcet [did you mean socket?]',
    ],
  ],
])('%s', (_, files, problems) => {
  expect(lintSample(files)).toEqual(problems);
});
