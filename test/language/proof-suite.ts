/** A suite of one plan and a run with one execution, for what changes logs and judges them again. */
import type { ExecutionBegin, LogEvent, RunHeader } from '../../src/evidence/events.ts';
import type { JudgedLog } from '../../src/judging/judge.ts';
import type { Ledger, Requirement } from '../../src/packs/file-types.ts';
import type { Machine } from '../../src/scenario/interpret/interpreter.ts';
import type { Suite } from '../../src/suites/suite.ts';

export function suitesOf(
  { plan, around }: Machine,
  rows: readonly Partial<Requirement>[] = [],
): ReadonlyMap<string, Suite> {
  const suite: Suite = {
    pack: plan.pack,
    bundled: false,
    folder: '/nowhere',
    digest: 'sha256:00',
    files: {},
    ledger: ledgerOf(rows, plan.span),
    capabilities: [],
    accountModes: ['token'],
    configurations: [],
    accounts: {},
    selected: [],
    selectedWorkloads: [],
    load: undefined,
    problems: [],
    packFor: () => around.pack,
    rootsFor: () => around.roots,
    plansOf: () => [plan],
    workloadOf: () => undefined,
  };
  return new Map([[plan.pack, suite]]);
}

function ledgerOf(rows: readonly Partial<Requirement>[], span: Requirement['span']): Ledger {
  const requirements = rows.map(
    (row): Requirement => ({
      id: 'x.y',
      level: 'must',
      text: 'A requirement.',
      source: { id: 'toy', section: '1' },
      members: [],
      forbids: [],
      needs: [],
      interpretation: false,
      span,
      ...row,
    }),
  );
  return {
    title: 'Toy',
    protocol: 'toy',
    file: 'toy/requirements.yaml',
    sources: [],
    requirements,
    byId: new Map(requirements.map(row => [row.id, row])),
  };
}

/** The events of one execution, without begin and finish, as the log of a run. */
export function runOf({ plan, around }: Machine, events: readonly LogEvent[]): JudgedLog {
  const { unique, accounts, epochMs, patienceUs } = around;
  const header: RunHeader = {
    event: 'run',
    format: 1,
    tool: 'antiphon test',
    name: 'toy',
    startedAt: '2026-01-01T00:00:00Z',
    epochMs,
    seed: '1',
    patienceUs,
    clockResolutionUs: 1,
    suites: [{ pack: plan.pack, digest: 'sha256:00', location: 'bundled', files: {} }],
    target: {
      title: 'toy',
      kind: 'url',
      endpoints: {},
      values: {},
      limits: {},
      timers: {},
      capabilities: {},
      sources: [],
      accountMode: 'token',
    },
    options: {},
  };
  const { id, pack, scenario, transport } = plan;
  const begin: ExecutionBegin = {
    event: 'begin',
    x: 0,
    t: 0,
    id,
    pack,
    scenario,
    transport,
    repetition: 1,
    unique,
    accounts,
    ...(plan.case === undefined ? {} : { case: plan.case }),
  };
  const lastUs = events.reduce((last, { t }) => Math.max(last, t), 0);
  const whole: readonly LogEvent[] = [begin, ...events, { event: 'finish', x: 0, t: lastUs }];
  return {
    header,
    events: whole,
    end: () => ({ footer: { event: 'end', t: lastUs, reason: 'completed', events: whole.length } }),
  };
}
