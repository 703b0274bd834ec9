import { expect, test } from 'vitest';
import { lintSample, samplePart, scenarioHead, scenarioWithSteps } from './testing/lint-sample.ts';

test.each([
  [
    'unknown mark',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    send: { type: say, body: a }
    mark: sent
  - { client: alice, since: snet, until: 1 s }
`,
    },
    ['s.yaml:12:29 unknown-mark: expected a known mark before this step, came snet [did you mean sent?]'],
  ],
  [
    'client twice',
    {
      's.yaml': `${scenarioWithSteps}  - { client: [alice, alice], until: 1 s }
`,
    },
    ['s.yaml:9:23 listed-twice: "alice" stands twice in one list [remove one of them]'],
  ],
  [
    'client twice by many',
    {
      's.yaml': `${scenarioWithSteps}  - { include: part, with: { some: [alice, bob], more: alice } }
`,
      ...samplePart(`clients: { some: many, more: many }
steps: [ { client: [some, more], until: 1 s } ]
`),
    },
    ['fragments/part.yaml:5:27 client-twice: the client alice is in this step twice [name it once]'],
  ],
  [
    'unknown fragment',
    {
      's.yaml': `${scenarioWithSteps}  - { include: usr, with: { me: alice } }
`,
    },
    ['s.yaml:9:16 unknown-fragment: expected a known fragment, came usr [did you mean user?]'],
  ],
  [
    'unknown parameter',
    {
      's.yaml': `${scenarioWithSteps}  - { include: user, with: { me: alice, devise: x }, as: again }
`,
    },
    [
      's.yaml:9:41 unknown-parameter: expected a known client or parameter of the fragment, came devise [did you mean device?]',
    ],
  ],
  [
    'missing',
    {
      's.yaml': `${scenarioWithSteps}  - { include: part }
`,
      ...samplePart(`clients: { me: one }
params: { text: $required }
steps: [ { client: me, send: { type: say, body: $(text) } } ]
`),
    },
    [
      's.yaml:9:5 missing-client: the fragment "A part of it" needs the client me [write with: { me: … }]',
      's.yaml:9:5 missing-parameter: the fragment "A part of it" needs the parameter text [write with: { text: … }]',
    ],
  ],
  [
    'one client',
    {
      's.yaml': `${scenarioWithSteps}  - { include: part, with: { me: [alice, bob] } }
`,
      ...samplePart(`clients: { me: one }
steps: [ { client: me, until: 1 s } ]
`),
    },
    [
      's.yaml:9:34 one-client: me is one client, came alice, bob [name one client, or declare it as many in the fragment]',
    ],
  ],
  [
    'include cycle',
    {
      's.yaml': `${scenarioWithSteps}  - { include: part, with: { me: alice } }
`,
      ...samplePart(`clients: { me: one }
steps: [ { include: other, with: { me: me } } ]
`),
      'fragments/other.yaml': `antiphon: 1
fragment: A part of it
protocol: chat
clients: { me: one }
steps: [ { include: part, with: { me: me } } ]
`,
    },
    [
      'fragments/other.yaml:5:10 include-cycle: the fragment includes itself: chat/fragments/part.yaml → chat/fragments/other.yaml → chat/fragments/part.yaml [break the circle]',
    ],
  ],
  [
    'opened without connect',
    {
      's.yaml': `${scenarioWithSteps}  - { client: alice, expect: { opened: { subprotocol: chat } } }
`,
    },
    [
      's.yaml:9:5 opens-nothing: expected connect beside an expectation of opened, came a step that opens no connection [ask for it in the step that has connect]',
    ],
  ],
  [
    'unbound give',
    {
      's.yaml': `${scenarioWithSteps}  - { include: part, with: { me: alice } }
`,
      ...samplePart(`clients: { me: one }
gives: [room]
steps: [ { client: me, expect: { frame: { room: { $as: rom } } } } ]
`),
    },
    [
      'fragments/part.yaml:5:9 unbound-give: expected a known name that the fragment binds, came room [did you mean rom?]',
    ],
  ],
  [
    'gives maybe',
    {
      's.yaml': `${scenarioWithSteps}  - { include: part, with: { me: alice } }
`,
      ...samplePart(`clients: { me: one }
gives: [room]
steps: [ { client: me, expect: [ { optional: { frame: { room: { $as: room } } } }, { frame: { a: 1 } } ] } ]
`),
    },
    [
      'fragments/part.yaml:5:9 maybe-unbound: room is given, but bound only in an optional part or in some of the alternatives [bind it in every alternative]',
    ],
  ],
  [
    'fragment does not see the scenario',
    {
      's.yaml': `${scenarioWithSteps}  - { include: part, with: { me: alice } }
`,
      ...samplePart(`clients: { me: one }
steps: [ { client: me, send: { type: say, body: $(bob.session) } } ]
`),
    },
    [
      'fragments/part.yaml:5:49 unknown-name: expected a known name, came bob [a fragment sees its clients, its params and what it binds]',
    ],
  ],
  [
    'unknown fact',
    {
      's.yaml': `${scenarioWithSteps}  - { fetch: otp, with: { mail: x }, as: otp }
  - client: alice
    send: { type: say, body: $(otp) }
`,
    },
    ['s.yaml:9:27 unknown-parameter: expected a known parameter of otp, came mail [did you mean email?]'],
  ],
  [
    'unknown parameter of a recipe',
    {
      's.yaml': `${scenarioHead}clients: { alice: { as: guest, with: { device: x } } }
steps: [ { client: alice, until: 1 s } ]
`,
    },
    ['s.yaml:5:40 unknown-parameter: expected a known parameter of guest, came device [known: none]'],
  ],
  [
    'no branch',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { byTransport: { lines: { frame: { a: 1 } }, sockett: { frame: { a: 2 } } } }
`,
    },
    [
      "s.yaml:10:13 no-branch: byTransport says nothing about socket, on which this step runs [add a branch for socket, or name the scenario's transports]",
      's.yaml:10:58 unknown-transport: expected a known transport, came sockett [did you mean socket?]',
    ],
  ],
  [
    'mixed transports',
    {
      's.yaml': `${scenarioHead}clients: { alice: user, ear: { as: connected, transport: lines } }
steps:
  - client: [alice, ear]
    expect: { byTransport: { socket: { frame: { a: 1 } }, lines: { frame: { a: 2 } } } }
`,
    },
    [
      's.yaml:8:13 mixed-transports: the clients of this step are on several transports: socket, lines [write one step for each transport]',
    ],
  ],
  [
    'mixed names',
    {
      's.yaml': `${scenarioHead}clients: { alice: guest, bob: guest }
steps:
  - { include: part, with: { some: alice } }
  - { include: part, with: { some: bob } }
  - client: [alice, bob]
    send: { type: say, body: $(self.ip) }
`,
      ...samplePart(`clients: { some: many }
gives: [ip]
steps: [ { client: some, expect: { frame: { ip: { $as: ip } } } } ]
`),
    },
    [
      's.yaml:10:30 mixed-names: self.ip was bound in different scopes for the clients of this step [write one step for each client]',
    ],
  ],
  [
    'no barrier',
    {
      's.yaml': `${scenarioHead}clients: { web: { as: connected, transport: web } }
steps: [ { client: web, until: barrier } ]
`,
    },
    ['s.yaml:6:32 no-barrier: there is no barrier on web [give a duration]'],
  ],
  [
    'barrier parameter',
    {
      's.yaml': `${scenarioWithSteps}  - { client: alice, until: { barrier: { rom: x } } }
`,
    },
    ['s.yaml:9:42 unknown-parameter: expected a known parameter of the barrier, came rom [did you mean room?]'],
  ],
  [
    'ends at once',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: [ { optional: { frame: { a: 1 } } }, { repeat: { frame: { b: 1 } }, max: 3 } ]
`,
    },
    [
      's.yaml:10:13 warning ends-at-once: all that is expected is optional, so the step is done before anything comes [add until: barrier, or expect something that must come]',
    ],
  ],
  [
    'never without until',
    {
      's.yaml': `${scenarioWithSteps}  - client: alice
    expect: { frame: { a: 1 } }
    never: { check: message.order, frame: { b: 1 } }
`,
    },
    [
      's.yaml:11:12 warning never-without-until: never covers only what comes before the last expected item [add until: barrier]',
    ],
  ],
  [
    'never runs',
    {
      's.yaml': `${scenarioWithSteps}  - forEach: { x: [] }
    steps: [ { client: alice, send: { type: say, body: $(x) } } ]
  - { include: part, with: { some: [] } }
  - client: alice
    expect: { byTransport: { socket: { frame: { a: 1 } }, lines: { frame: { a: 2 } } } }
`,
      ...samplePart(`clients: { some: many }
steps: [ { client: some, until: 1 s } ]
`),
    },
    [
      'fragments/part.yaml:5:10 warning never-runs: the step never has a client [remove the step]',
      's.yaml:9:5 warning never-runs: the list is always empty, so its steps never run [remove the step]',
      's.yaml:9:16 warning unused-variable: x is never used [remove it]',
      's.yaml:13:59 warning never-runs: no execution of this step is on lines [remove the branch]',
    ],
  ],
  [
    'not connected',
    {
      's.yaml': `${scenarioHead}clients: { alice: offline, bob: user }
steps:
  - client: alice
    send: { type: say, body: a }
  - client: bob
    close: {}
    expect: { closed: {} }
  - { client: bob, until: barrier }
`,
    },
    [
      's.yaml:7:5 not-connected: alice has not connected before [add connect: {}]',
      's.yaml:12:5 not-connected: bob has closed its connection before [add connect: {}]',
    ],
  ],
])('%s', (_, files, problems) => {
  expect(lintSample(files)).toEqual(problems);
});
