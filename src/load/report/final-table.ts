import { formatDurationUs } from '../../foundation/duration.ts';
import { areEnough } from '../judge/figures.ts';
import type { CounterName } from '../ledger/counters.ts';
import type { TimingName } from '../ledger/timings.ts';
import type { LoadEnd, LoadResults, TimingResult } from '../load-results.ts';
import { bytes, count, percent, rate } from './amounts.ts';
import { factList } from './fact-list.ts';
import { machineRows } from './machine-rows.ts';
import { markdownTable } from './markdown-table.ts';

/** What a person reads, and can paste: Markdown that is legible as it is. Ends with a newline. */
export function finalTable(results: LoadResults): string {
  const { title, workload, target, channels, connections, openedInUs, connectedInUs, ended } = results;
  const head = [
    `${verdictWords[results.verdict]}: ${title}`,
    '',
    ...factList([
      ['workload', workload],
      ['target', target.title],
      ['transport', transportText(results)],
      [
        'connections',
        `${count(connections)} in ${channels === 1 ? '1 channel' : `${count(channels)} channels`}, opened in ${formatDurationUs(openedInUs)}, all joined after ${formatDurationUs(connectedInUs)}`,
      ],
      ['measured', measuredText(results)],
    ]),
  ];
  const measured =
    ended === 'not-joined'
      ? []
      : ['', ...timingTable(results), '', ...factList(countRows(results)), '', ...factList(machineRows(results))];
  return `${[...head, ...measured, ...judgedLines(results)].join('\n')}\n`;
}

const verdictWords = { pass: 'PASSED', fail: 'FAILED', inconclusive: 'INCONCLUSIVE' } as const;

function measuredText({ holdUs, measuredUs, ended }: LoadResults): string {
  if (ended === 'completed') return formatDurationUs(holdUs);
  return `${formatDurationUs(measuredUs)} of ${formatDurationUs(holdUs)}: ${endWords[ended]}`;
}

const endWords: Readonly<Record<Exclude<LoadEnd, 'completed'>, string>> = {
  interrupted: 'interrupted',
  aborted: 'a count missed its threshold for good',
  'not-joined': 'somebody could not join',
  'target-gone': 'the target ended every connection',
  'worker-gone': 'a worker of ours ended, and what it had measured is missing',
};

function transportText({ transport: { name, kind, fast } }: LoadResults): string {
  return `${name}${name === kind || kind === '' ? '' : ` (${kind})`}${fast ? ', read without parsing' : kind === 'http' ? ', no fast path: autocannon sends, and every reply is parsed' : ''}`;
}

const timingWords: readonly (readonly [TimingName, string])[] = [
  ['delivery', 'delivery, from due'],
  ['service', 'service, from sent'],
  ['ack', 'acknowledged'],
  ['timeToFirst', 'to the first'],
  ['timeTo50', 'to half of all'],
  ['timeTo95', 'to 95 %'],
  ['timeTo99', 'to 99 %'],
  ['timeToLast', 'to the last'],
  ['skew', 'last - first'],
  ['sendDelay', 'send delay (ours)'],
];

/** The floor of what matters most stands below it. */
function timingTable({ timings, floor, counters: { sent } }: LoadResults): readonly string[] {
  const lines = timingWords.flatMap(([name, words]) => {
    const timing = timings[name];
    if (!timing) return [];
    const ofFloor =
      floor.measured && withFloor.has(name) ? [['- floor', floor.timings[name], floor.messages] as const] : [];
    return [[words, timing, sent] as const, ...ofFloor].flatMap(([of, each, messages]) =>
      each ? [[of, ...cellsOf(each, messages)]] : [],
    );
  });
  const table = markdownTable(['', 'p50', 'p90', 'p99', 'p99.9', 'max', 'count'], lines, 'lrrrrrr');
  const isMarked = lines.some(cells => cells.some(cell => cell.startsWith('(')));
  return isMarked
    ? [...table, '', 'In parentheses: a percentile of too few messages, for ten must lie beyond it.']
    : table;
}

const withFloor: ReadonlySet<TimingName> = new Set(['delivery', 'ack', 'timeToLast', 'sendDelay']);

function cellsOf(timing: TimingResult, sent: number): readonly string[] {
  const { p50Us, p90Us, p99Us, p999Us, maxUs, count: timed, never } = timing;
  const messages = Math.min(sent, timed + never);
  const percentiles = [
    [p50Us, 5_000],
    [p90Us, 9_000],
    [p99Us, 9_900],
    [p999Us, 9_990],
  ] as const;
  const cells = percentiles.map(([us, percentile]) =>
    areEnough(messages, percentile) ? timeText(us) : `(${timeText(us)})`,
  );
  return [...cells, timeText(maxUs), count(timed)];
}

function timeText(us: number | undefined): string {
  return us === undefined ? 'never' : formatDurationUs(us);
}

/** Those that are nothing are left out, but for what everybody wants to see. */
const faultNames: readonly CounterName[] = [
  'late',
  'duplicate',
  'unexpected',
  'corrupt',
  'unverified',
  'indeterminate',
  'incomplete',
  'gaps',
  'reordered',
  'invalid',
  'unacknowledged',
];

function countRows({
  counters,
  perSecond,
  deliveryRatio,
  replies,
  fairness,
}: LoadResults): readonly (readonly [string, string])[] {
  const { sent, intended, underrun, saturated, failed, expected, delivered, lost } = counters;
  const unsent = [
    ['underrun', underrun],
    ['saturated', saturated],
    ['failed', failed],
  ].flatMap(([name, amount]) => (amount === 0 ? [] : [`${count(Number(amount))} ${name}`]));
  const faults = faultNames.flatMap(name => (counters[name] === 0 ? [] : [`${count(counters[name])} ${name}`]));
  return [
    ['published', [`${count(sent)} of ${count(intended)}, ${rate(perSecond.publishes)}`, ...unsent].join(', ')],
    [
      'delivered',
      `${count(delivered)} of ${count(expected)}${deliveryRatio === undefined ? '' : ` (${percent(deliveryRatio)})`}, ${rate(perSecond.deliveries)}`,
    ],
    ['lost', [count(lost), ...faults].join(', ')],
    ...replyRows(replies),
    ...(fairness === undefined
      ? []
      : [['fairness', `${fairness.toFixed(2)} (p99 of the worst receiver by that of the median one)`] as const]),
    ['bytes', `${bytes(perSecond.sentBytes)}/s sent, ${bytes(perSecond.receivedBytes)}/s received`],
    ['checked in full', `${count(counters.sampled)} messages, ${count(counters.invalid)} invalid`],
    ...(counters.cutOff === 0
      ? []
      : [['cut off', `${count(counters.cutOff)} connections ended by the target`] as const]),
  ];
}

function replyRows(replies: LoadResults['replies']): readonly (readonly [string, string])[] {
  if (!replies) return [];
  const { statuses, wrong, ended, timedOut } = replies;
  const parts = [
    ...Object.entries(statuses).map(([status, amount]) => `${count(amount)} with status ${status}`),
    ...(wrong === 0 ? [] : [`${count(wrong)} of them not the right reply`]),
    ...(ended === 0 ? [] : [`${count(ended)} connections ended without one`]),
    ...(timedOut === 0 ? [] : [`${count(timedOut)} not in time`]),
  ];
  return [['replies', parts.join(', ') || 'none']];
}

function judgedLines({ thresholds, reasons, verdict }: LoadResults): readonly string[] {
  const judged = thresholds.map(each => [each.verdict, each.threshold, each.actual]);
  return [
    ...(judged.length === 0 ? [] : ['', ...markdownTable(['', 'threshold', 'was'], judged, 'lll')]),
    ...(verdict === 'pass' || reasons.length === 0
      ? []
      : ['', ...reasons.map(reason => `- ${verdictWords[verdict]}: ${reason}`)]),
  ];
}
