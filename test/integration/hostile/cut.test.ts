import { expect, test } from 'vitest';
import { createVault } from '../../../src/clients/secrets.ts';
import { openUrlTarget } from '../../../src/conformance/target/open-target.ts';
import { type DriveBounds, driveExecution } from '../../../src/drive/drive-execution.ts';
import { startLagMonitor } from '../../../src/drive/lag-monitor.ts';
import type { ItemEvent, LogEvent, RunHeader } from '../../../src/evidence/events.ts';
import { createMemoryFile } from '../../../src/evidence/log-file.ts';
import { readLogText } from '../../../src/evidence/log-reader.ts';
import { writeLogTo } from '../../../src/evidence/log-writer.ts';
import { startClock } from '../../../src/foundation/clock.ts';
import { judgeLog } from '../../../src/judging/judge.ts';
import { createMachine } from '../../../src/scenario/interpret/interpreter.ts';
import { conclude } from '../../../src/scenario/interpret/outcome.ts';
import { makeAccounts } from '../../../src/suites/accounts.ts';
import { groundOf, surroundingsOf } from '../../../src/suites/ground.ts';
import { loadSuite } from '../../../src/suites/load-suite.ts';
import { overlayOf } from '../../../src/suites/suite.ts';
import { openConnection } from '../../../src/transports/open-connection.ts';
import { listenRaw } from './raw-peers.ts';
import { writePack } from './small-pack.ts';

const asking = `antiphon: 1
scenario: What is asked is answered, and then it is quiet
protocol: small
transports: [lines]
clients: { alice: connected }
steps:
  - client: alice
    send: { type: ask }
    expect: { check: ask.answered, frame: { type: answer } }
  - client: alice
    never: [{ check: ask.quiet, frame: { type: news } }]
    until: 30 s
`;

const bounds = { messages: 1_000, characters: 1_000_000 };

/** Runs it against a server that answers and then talks without end: live, and from its log. */
async function runCut(bound: DriveBounds, chatter: string) {
  const port = await listenRaw(socket => {
    const flood = (): void => {
      if (!socket.destroyed && socket.writable) socket.write(chatter, () => setImmediate(flood));
    };
    socket.once('data', bytes => {
      const { id } = JSON.parse(String(bytes)) as { readonly id: string };
      socket.write(`{"type":"answer","id":"${id}"}\n`);
      flood();
    });
  });
  const suite = await loadSuite(writePack({ 'ask.yaml': asking }));
  const pack = suite.packFor({ limits: {}, timers: {}, values: {}, profile: undefined });
  const target = openUrlTarget({ pack, url: `tcp://127.0.0.1:${port}`, accountMode: 'token' });
  const clock = startClock();
  const header: RunHeader = {
    event: 'run',
    format: 1,
    tool: 'antiphon 0.0.0',
    name: 'cut',
    startedAt: '2027-01-14T09:30:12.053Z',
    epochMs: clock.epochMs,
    seed: 'cut',
    patienceUs: 5_000_000,
    clockResolutionUs: 1,
    suites: [{ pack: suite.pack, digest: suite.digest, location: '.', files: suite.files }],
    target: target.header,
    options: {},
  };
  const [plan] = suite.plansOf('small/ask.yaml', 'token', suite.packFor(overlayOf(target.header)));
  const file = createMemoryFile();
  const writer = writeLogTo(file, header);
  const logged: LogEvent[] = [];
  const log = (event: LogEvent): void => {
    logged.push(event);
    writer.write(event);
  };
  const about = { x: 0, id: plan!.id, pack: suite.pack, scenario: plan!.scenario, transport: 'lines', repetition: 1 };
  const unique = 'abcdefgh';
  const begin = {
    event: 'begin',
    ...about,
    t: clock.nowUs(),
    unique,
    accounts: makeAccounts(plan!, {}, unique),
  } as const;
  log(begin);
  const machine = createMachine(plan!, { ...surroundingsOf(header, begin, groundOf(header, suite)), explain: false });
  const lag = startLagMonitor(clock, () => {});
  const vault = createVault(new Map());
  const signal = new AbortController().signal;
  const open = () => openConnection;
  const driven = await driveExecution({ machine, x: 0, clock, lag, vault, target, open, log, signal, bounds: bound });
  lag.stop();
  log({ event: 'finish', x: 0, t: clock.nowUs(), ...(driven.cut === undefined ? {} : { cut: driven.cut }) });
  writer.end(clock.nowUs(), 'completed');
  const results = judgeLog(readLogText(file.text()), new Map([[suite.pack, suite]]));
  return { live: conclude(machine, driven.state), cut: driven.cut, judged: results.executions[0]!, logged };
}

const chatter = '{"type":"chatter"}\n'.repeat(100);
const news = `{"type":"news"}\n${chatter}`;

test.each<[string, DriveBounds, string, string, string]>([
  ['too many messages', { ...bounds, messages: 250 }, chatter, 'none', 'inconclusive'],
  ['too many characters', { ...bounds, characters: 9_999 }, chatter, 'none', 'inconclusive'],
  ['too many messages, some of them forbidden', { ...bounds, messages: 250 }, news, 'fail', 'fail'],
])(
  '%s cut an execution; its log gives what the live run had found until then',
  async (_, bound, said, quiet, verdict) => {
    const { live, cut, judged, logged } = await runCut(bound, said);
    const { messages, characters } = bound;
    expect(cut).toBe(`more came than one execution may log: ${messages} messages, or ${characters} characters`);
    expect({ verdict: judged.verdict, reason: judged.reason }).toEqual({ verdict, reason: cut });
    expect(judged.checks.map(decision)).toEqual(live.checks.map(decision));
    expect(judged.checks).toContainEqual(expect.objectContaining({ check: 'ask.answered', verdict: 'pass' }));
    expect(judged.checks.find(({ check }) => check === 'ask.quiet')?.verdict ?? 'none').toBe(quiet);
    const items = logged.filter((event): event is ItemEvent => event.event === 'item');
    expect(items.length).toBeLessThanOrEqual(messages);
    expect(items.reduce((sum, { text = '' }) => sum + text.length, 0)).toBeLessThanOrEqual(characters);
  },
);

function decision({ check, verdict, decisions }: { check: string; verdict: string; decisions: number }): string {
  return `${check} ${verdict} ${decisions}`;
}
