/** Language, sections 5 and 10: connections that are refused, end, and begin anew. */
import { describe } from 'vitest';
import { alice, playRows } from './rows.ts';

describe('connections', () => {
  playRows([
    {
      it: 'a refused connection fails the step that connects',
      scenario: `
        clients: { alice: offline }
        steps:
          - { client: alice, connect: {} }
          - { client: alice, expect: { check: say.heard, frame: { t: said } } }`,
      script: ['alice refused'],
      byHand: true,
      checks: 'say.heard not-testable, steps.done fail',
      failures: 'steps.done refused',
    },
    {
      it: 'a refusal can be what is asked for',
      scenario: `
        clients: { alice: offline }
        steps:
          - { client: alice, connect: {}, expect: { check: door.shut, closed: { status: 401 } } }`,
      script: ['alice refused 401'],
      byHand: true,
      checks: 'door.shut pass',
    },
    {
      it: 'a refusal of another kind is one failure',
      scenario: `
        clients: { alice: offline }
        steps:
          - { client: alice, connect: {}, expect: { check: door.shut, closed: { status: 401 } } }`,
      script: ['alice refused 403'],
      byHand: true,
      checks: 'door.shut fail',
      failures: 'door.shut refused',
    },
    {
      it: 'what was chosen when the connection began can be asked for, besides what follows',
      scenario: `
        clients: { alice: offline }
        steps:
          - client: alice
            connect: { subprotocols: [chat] }
            send: { t: say }
            expect: [ { check: door.open, opened: { subprotocol: chat } }, { check: say.ok, frame: { t: ok } } ]`,
      script: ['alice < { t: ok, id: c1 }'],
      checks: 'door.open pass, say.ok pass',
    },
    {
      it: 'another choice is what came instead',
      scenario: `
        clients: { alice: offline }
        steps:
          - { client: alice, connect: { subprotocols: [chat] }, expect: { check: door.open, opened: { subprotocol: chat } } }`,
      script: ['alice opened talk'],
      byHand: true,
      checks: 'door.open fail',
      failures: 'door.open unmet',
    },
    {
      it: 'a further demand on the beginning lets the scenario go on',
      scenario: `
        clients: { alice: offline }
        steps:
          - client: alice
            connect: {}
            expect: { opened: {}, verify: { check: door.chosen, opened: { subprotocol: chat } } }
          - { client: alice, send: { t: say }, expect: { check: say.ok, frame: { t: ok } } }`,
      script: ['alice < { t: ok, id: c1 }'],
      checks: 'door.chosen fail, say.ok pass',
      failures: 'door.chosen verify',
    },
    {
      it: 'that none was chosen can be asked for',
      scenario: `
        clients: { alice: offline }
        steps:
          - { client: alice, connect: {}, expect: { check: door.open, opened: { subprotocol: $absent } } }`,
      script: ['alice opened'],
      byHand: true,
      checks: 'door.open pass',
    },
    {
      it: 'a choice can be forbidden, and an opening that nothing takes is nobody’s fault',
      scenario: `
        clients: { alice: offline, bob: offline }
        steps:
          - client: alice
            connect: { subprotocols: [talk] }
            expect: { optional: { check: door.open, opened: { subprotocol: chat } } }
            never: { check: door.other, opened: { subprotocol: talk } }
            until: barrier
          - client: bob
            connect: {}
            expect: { optional: { check: door.open, opened: { subprotocol: chat } } }
            never: { check: door.other, opened: { subprotocol: talk } }
            until: barrier`,
      checks: 'door.other fail strong',
      failures: 'door.other forbidden',
    },
    {
      it: 'a refused connection has not begun',
      scenario: `
        clients: { alice: offline }
        steps:
          - { client: alice, connect: {}, expect: { check: door.open, opened: {} } }`,
      script: ['alice refused 403'],
      byHand: true,
      checks: 'door.open fail',
      failures: 'door.open refused',
    },
    {
      it: 'who has not connected cannot write',
      scenario: `
        clients: { alice: offline }
        steps:
          - { client: alice, send: { t: say }, expect: { check: say.ok, frame: { t: ok } } }`,
      checks: 'say.ok fail',
      failures: 'say.ok unmet',
    },
    {
      it: 'who has not connected and only sends fails as well',
      scenario: `
        clients: { alice: offline }
        steps: [ { client: alice, send: { t: say } } ]`,
      checks: 'steps.done fail',
      failures: 'steps.done closed',
    },
    {
      it: 'who was never connected is not swept',
      scenario: `
        clients: { alice: offline, bob: connected }
        steps: [ { client: bob, send: { t: note } } ]`,
      checks: '',
    },
    {
      it: 'a write that fails is read as the end of the connection: an end that was asked for is taken',
      scenario: alice(
        `  - { client: alice, send: { t: say }, times: 2, expect: { check: say.closes, closed: { code: 1008 } } }`,
      ),
      byHand: true,
      script: ['alice > written', 'alice > written', 'alice > failed', 'alice closed 1008'],
      checks: 'say.closes pass',
    },
    {
      it: 'a write that fails where no end was asked for is hard',
      scenario: alice(`  - { client: alice, send: { t: say }, times: 2, expect: { check: say.ok, frame: { t: ok } } }`),
      byHand: true,
      script: ['alice > written', 'alice > written', 'alice > failed', 'alice closed 1008'],
      checks: 'say.ok fail',
      failures: 'say.ok closed',
    },
    {
      it: 'a write of a step that only sends fails at once',
      scenario: alice(`
        - { client: alice, send: { t: say } }
        - { client: alice, expect: { check: say.ok, frame: { t: ok } } }`),
      byHand: true,
      script: ['alice > written', 'alice > failed'],
      checks: 'say.ok not-testable, steps.done fail',
      failures: 'steps.done closed',
    },
    {
      it: 'after an end that was taken a client may connect anew',
      scenario: alice(`
        - { client: alice, send: { t: say }, expect: { check: say.closes, closed: {} } }
        - { client: alice, connect: {}, send: { t: say }, expect: { check: say.again, frame: { t: ok } } }`),
      script: ['alice closed 1000', 'alice < { t: ok, id: c2 }'],
      checks: 'say.again pass, say.closes pass',
    },
    {
      it: 'an HTTP connection that ends when the next request is under way is hard',
      scenario: `
        clients: { web: { as: connected, transport: web } }
        steps:
          - { client: web, http: { path: /a }, expect: { check: web.one, http: {} } }
          - { client: web, http: { path: /b }, expect: { check: web.two, http: {} } }`,
      script: ['web <http 200', 'web closed', 'web <http 200'],
      checks: 'web.one pass, web.two fail',
      failures: 'web.two closed',
    },
    {
      it: 'an HTTP connection may end between requests',
      scenario: `
        clients: { web: { as: connected, transport: web }, bob: connected }
        steps:
          - { client: bob, send: { t: say }, expect: { check: say.ok, frame: { t: ok } } }
          - { client: web, http: { path: /a }, expect: { check: web.one, http: {} } }
          - { client: bob, send: { t: say }, expect: { check: say.ok, frame: { t: ok } } }`,
      script: ['web closed', 'bob < { t: ok, id: c1 }', 'web <http 200', 'web closed', 'bob < { t: ok, id: c2 }'],
      checks: 'say.ok pass, web.one pass',
    },
    {
      it: 'an HTTP connection that ends while an answer is awaited is hard',
      scenario: `
        clients: { web: { as: connected, transport: web } }
        steps:
          - { client: web, http: { path: /a }, expect: { check: web.one, http: {} } }
          - { client: web, http: { path: /b }, expect: { check: web.two, http: {} } }`,
      script: ['web closed'],
      checks: 'web.one fail, web.two not-testable',
      failures: 'web.one closed',
    },
  ]);
});
