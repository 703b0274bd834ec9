import { expect, test } from 'vitest';
import { lintSample, samplePart, scenarioHead, scenarioWithSteps } from './testing/lint-sample.ts';

test.each([
  [
    'unknown client',
    {
      's.yaml': `${scenarioWithSteps}  - { client: alcie, until: 1 s }
`,
    },
    ['s.yaml:9:15 unknown-client: expected a known client, came alcie [did you mean alice?]'],
  ],
  [
    'unknown name',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: { type: say, body: $(uniqe) }
`,
    },
    ['s.yaml:10:30 unknown-name: expected a known name, came uniqe [did you mean unique?]'],
  ],
  [
    'unknown name of a client',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: { type: say, body: $(bob.sesion) }
`,
    },
    ['s.yaml:10:30 unknown-name: expected a known name of the client bob, came sesion [did you mean session?]'],
  ],
  [
    'use before binding',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: { type: say, body: $(seq) }
  - client: alice
    expect: { frame: { type: said, seq: { $as: seq } } }
`,
    },
    [
      's.yaml:10:30 unbound-name: seq is not bound here; line 12 binds it, behind this place or in another scope [use it behind the step that binds it; a turn of forEach keeps its names, and those of several clients are $(client.seq)]',
    ],
  ],
  [
    'a sibling may come later',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { anyOrder: [ { frame: { type: a, seq: { $as: seq } } }, { frame: { type: b, seq: $(seq) } } ] }
`,
    },
    [
      's.yaml:10:95 unbound-name: seq is bound by another item of this expect, which may come later [bind it here too ($as: seq compares when it is bound already), or put the items in order]',
    ],
  ],
  [
    'never is before',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { frame: { type: a, seq: { $as: seq } } }
    never: { frame: { type: b, seq: $(seq) } }
    until: barrier
`,
    },
    [
      's.yaml:11:37 unbound-name: seq is not bound here; line 10 binds it, behind this place or in another scope [use it behind the step that binds it; a turn of forEach keeps its names, and those of several clients are $(client.seq)]',
    ],
  ],
  [
    'a turn keeps its names',
    {
      's.yaml': `${scenarioWithSteps}  - forEach: { kind: [a] }
    steps: [ { client: alice, expect: { frame: { type: $(kind), seq: { $as: seq } } } } ]
  - client: alice
    send: { type: say, body: $(seq) }
`,
    },
    [
      's.yaml:12:30 unbound-name: seq is not bound here; line 10 binds it, behind this place or in another scope [use it behind the step that binds it; a turn of forEach keeps its names, and those of several clients are $(client.seq)]',
    ],
  ],
  [
    'maybe bound, optional',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: [ { optional: { frame: { type: a, seq: { $as: seq } } } }, { frame: { type: b } } ]
  - client: alice
    send: { type: say, body: $(seq) }
`,
    },
    [
      's.yaml:12:30 maybe-unbound: seq is bound only in an optional part or in some of the alternatives (line 10) [bind it in every alternative, or use it only there]',
    ],
  ],
  [
    'maybe bound, oneOf',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { oneOf: [ { frame: { type: a, seq: { $as: seq } } }, { frame: { type: b } } ] }
  - client: alice
    send: { type: say, body: $(seq) }
`,
    },
    [
      's.yaml:12:30 maybe-unbound: seq is bound only in an optional part or in some of the alternatives (line 10) [bind it in every alternative, or use it only there]',
    ],
  ],
  [
    'maybe bound, pattern',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { frame: { type: a, seq: { $oneOf: [ { $as: seq }, 5 ] } } }
  - client: alice
    send: { type: say, body: $(seq) }
`,
    },
    [
      's.yaml:12:30 maybe-unbound: seq is bound only in an optional part or in some of the alternatives (line 10) [bind it in every alternative, or use it only there]',
    ],
  ],
  [
    'bound twice',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { frame: { type: a, seq: { $as: seq } } }
  - client: alice
    expect: { frame: { type: b, seq: { $as: seq } } }
`,
    },
    ['s.yaml:12:45 bound-twice: seq has been bound already, in line 10 [bind another name, or compare with $(seq)]'],
  ],
  [
    'bound in repeat and outside',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: [ { repeat: { frame: { type: a, seq: { $as: seq } } }, times: 2 }, { frame: { type: b, seq: { $as: seq } } } ]
`,
    },
    [
      's.yaml:10:112 bound-twice: seq is bound inside of a repeat and outside of it (line 10) [bind another name, or compare with $(seq)]',
    ],
  ],
  [
    'bound twice by include',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { frame: { type: a, room: { $as: room } } }
  - { include: part, with: { me: bob } }
  - client: alice
    send: { type: say, body: $(room) }
`,
      ...samplePart(`clients: { me: one }
gives: [room]
steps: [ { client: me, expect: { frame: { room: { $as: room } } } } ]
`),
    },
    ['s.yaml:11:5 bound-twice: the include gives room, which has been bound already [add as, and write $(as.name)]'],
  ],
  [
    'capture in verify',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { frame: { type: a }, verify: { frame: { seq: { $as: seq } } } }
`,
    },
    [
      's.yaml:10:66 capture-not-here: seq cannot be bound here: what verify asks may fail while the scenario goes on [bind it in a frame of expect]',
    ],
  ],
  [
    'capture in times',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: { type: say, body: { $as: text, $now: ms } }
    times: 2
`,
    },
    [
      's.yaml:10:37 capture-not-here: text cannot be bound here: each turn of times would bind it again [bind it in a frame of expect]',
    ],
  ],
  [
    'capture in nested repeat',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { repeat: { repeat: { frame: { seq: { $as: seq } } }, times: 2 }, times: 2 }
`,
    },
    [
      's.yaml:10:56 capture-not-here: seq cannot be bound here: a repeat within a repeat binds nothing [bind it in a frame of expect]',
    ],
  ],
  [
    'name taken',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { frame: { type: a, seq: { $as: bob } } }
`,
    },
    ['s.yaml:10:45 name-taken: bob is the name of something else (line 5) [choose another name]'],
  ],
  [
    'var named like a client',
    {
      's.yaml': `${scenarioHead}vars: { alice: 1 }
clients: { alice: user, bob: user }
steps:
  - client: bob
    send: { type: say, body: $(alice.session) }
`,
    },
    [
      's.yaml:6:12 name-taken: alice is the name of something else (line 5) [choose another name]',
      's.yaml:9:30 unknown-member: expected an object or a list with "session" in it, 1 came',
    ],
  ],
  [
    'names of forEach and params taken',
    {
      's.yaml': `${scenarioWithSteps}  - forEach: { bob: [a] }
    steps: [ { include: part, with: { me: alice, text: $(bob) } } ]
`,
      ...samplePart(`clients: { me: one, text: one }
params: { text: hi }
steps: [ { client: [me, text], until: 1 s } ]
`),
    },
    [
      'fragments/part.yaml:5:11 name-taken: text is the name of something else (line 4) [choose another name]',
      's.yaml:9:16 name-taken: bob is the name of something else (line 5) [choose another name]',
      's.yaml:9:22 unknown-client: expected a known client, came a [known: alice, bob]',
    ],
  ],
  [
    'as taken',
    {
      's.yaml': `${scenarioWithSteps}  - { include: part, with: { me: bob }, as: alice }
`,
      ...samplePart(`clients: { me: one }
steps: [ { client: me, until: 1 s } ]
`),
    },
    ['s.yaml:9:45 name-taken: alice is the name of something else (line 5) [choose another name]'],
  ],
  [
    'bare client',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: { type: say, body: $(bob) }
`,
    },
    [
      's.yaml:10:30 bare-client: bob is a client, which is no value [write what of it: $(bob.account.…), or a name that its recipe gives]',
    ],
  ],
  [
    'no account',
    {
      's.yaml': `${scenarioHead}clients: { alice: connected }
steps:
  - client: alice
    send: { type: say, body: $(alice.account.user) }
`,
    },
    [
      's.yaml:8:30 no-account: the client alice has no account of its own [name a client whose actor has account: true]',
    ],
  ],
  [
    'no turn',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: { type: say, body: "$(i)" }
`,
    },
    [
      's.yaml:10:31 no-turn: i counts the turns of times and repeat; there is neither here [add times to the step, or write the number]',
    ],
  ],
  [
    'no case',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: { type: say, body: $(case.body) }
`,
    },
    [
      's.yaml:10:30 no-case: there is no case here: only a scenario with cases has one [give a fragment what it needs of the case as a parameter]',
    ],
  ],
  [
    'unknown case member',
    {
      's.yaml': `${scenarioHead}cases: [ { name: one, body: hi } ]
clients: { alice: connected }
steps:
  - client: alice
    send: { type: say, body: $(case.boddy) }
`,
    },
    ['s.yaml:9:30 unknown-name: expected a known member of this case, came boddy [did you mean body?]'],
  ],
  [
    'no client for self',
    {
      's.yaml': `${scenarioWithSteps}  - { fetch: otp, with: { email: $(self.account.user) }, as: otp }
  - client: alice
    send: { type: say, body: $(otp) }
`,
    },
    ['s.yaml:9:34 no-client: self is the client of a step; there is none here [name the client]'],
  ],
  [
    'unknown value',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: { type: say, body: "$(limits.frameByte)" }
`,
    },
    ['s.yaml:10:31 unknown-value: expected a known limit, came frameByte [did you mean frameBytes?]'],
  ],
  [
    'unknown pack value',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: { type: say, body: $(pack.greting) }
`,
    },
    ['s.yaml:10:30 unknown-value: expected a known value of the pack, came greting [did you mean greeting?]'],
  ],
  [
    'macro cycle',
    {
      's.yaml': `${scenarioHead}vars: { one: $(two), two: [ $(one) ] }
clients: { alice: user, bob: user }
steps:
  - client: bob
    send: { type: say, body: $(alice.session) }
  - client: alice
    expect: { frame: { type: a, list: $(one) } }
`,
    },
    ['s.yaml:5:9 macro-cycle: one is made from itself: one → two → one [break the circle]'],
  ],
  [
    'check not settled',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { check: $(alice.session).x, frame: { type: a } }
`,
    },
    [
      's.yaml:10:22 not-settled: $(alice.session).x has to be known when the file is read [use a literal, a variable, a parameter or a member of the case]',
    ],
  ],
  [
    'list not settled',
    {
      's.yaml': `${scenarioWithSteps}  - forEach: { x: $(alice.session) }
    steps: [ { client: alice, send: { type: say, body: $(x) } } ]
`,
    },
    [
      's.yaml:9:19 not-settled: the list of x has to be known when the file is read [use a literal, a variable, a parameter or a member of the case]',
    ],
  ],
  [
    'timeout not settled',
    {
      's.yaml': `${scenarioHead}timeout: $(timers.call)
clients: { alice: user, bob: user }
steps:
  - client: bob
    send: { type: say, body: $(alice.session) }
`,
    },
    [
      's.yaml:5:10 not-settled: timeout has to be a duration that is known when the file is read [write a number with its unit: 90 s]',
    ],
  ],
])('%s', (_, files, problems) => {
  expect(lintSample(files)).toEqual(problems);
});
