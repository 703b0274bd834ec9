/** What a load does at this moment, on a terminal: as many lines as it is narrow. Nothing here has a timer or a clock. */
import { formatDurationUs } from '../../foundation/duration.ts';
import type { LoadPhase } from '../../load/engine/run-load.ts';
import { ailmentOf } from '../../load/judge/rig-health.ts';
import type { SecondResult } from '../../load/load-results.ts';
import { count, rate } from '../../load/report/amounts.ts';
import { cellsOf, takeCells } from '../../reporters/cells.ts';
import type { Paint } from '../../reporters/paint.ts';
import { createLiveBlock, type DrawnLine } from './live-block.ts';

export interface LiveView {
  phase(phase: LoadPhase, durationUs: number | undefined, connections: number, atMs: number): void;
  second(second: SecondResult, atMs: number): void;
  /** A few times a second, so that the time moves. */
  tick(atMs: number): void;
  /** Takes it away, until it is drawn again. */
  clear(): void;
  /** Takes it away for good. */
  end(): void;
}

export interface LiveViewOptions {
  readonly write: (text: string) => void;
  /** How wide the terminal is now. */
  readonly widthCells: () => number;
  readonly paint: Paint;
}

interface Shown {
  readonly phase: LoadPhase;
  readonly sinceMs: number;
  readonly durationUs: number | undefined;
  readonly connections: number;
  readonly latest: SecondResult | undefined;
}

interface Field {
  readonly text: string;
  readonly look?: 'bad' | 'warn' | 'faint';
}

export function createLiveView({ write, widthCells, paint }: LiveViewOptions): LiveView {
  const block = createLiveBlock(write);
  let shown: Shown | undefined;

  function draw(atMs: number): void {
    if (!shown) return;
    const cells = Math.max(leastCells, widthCells());
    block.draw(linesOf(fieldsOf(shown, atMs), cells - 1, paint), cells);
  }

  return {
    phase(phase, durationUs, connections, atMs) {
      const latest = phase === 'join' ? undefined : shown?.latest;
      shown = { phase, sinceMs: atMs, durationUs, connections, latest };
      draw(atMs);
    },
    second(latest, atMs) {
      if (shown) shown = { ...shown, latest };
      draw(atMs);
    },
    tick: draw,
    clear: () => block.clear(Math.max(leastCells, widthCells())),
    end() {
      shown = undefined;
      this.clear();
    },
  };
}

function fieldsOf({ phase, sinceMs, durationUs, connections, latest }: Shown, atMs: number): readonly Field[] {
  return [
    { text: `${phase}${timeText(atMs - sinceMs, durationUs)}` },
    ...(connections === 0 ? [] : [{ text: `${count(connections)} connections`, look: 'faint' as const }]),
    ...(latest ? secondFields(latest) : []),
  ];
}

/** What is left of a phase that has an end, else how long it has lasted. */
function timeText(elapsedMs: number, durationUs: number | undefined): string {
  if (durationUs === undefined) return ` ${seconds(elapsedMs)}`;
  return `, ${seconds(Math.max(0, durationUs / 1_000 - elapsedMs))} left`;
}

function seconds(ms: number): string {
  const whole = Math.round(ms / 1_000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function secondFields(second: SecondResult): readonly Field[] {
  const { publishes, deliveries, deliveryP50Us, deliveryP99Us, counters } = second;
  const ailment = ailmentOf(second);
  const faults = (['late', 'duplicate', 'unexpected', 'corrupt', 'cutOff'] as const).filter(name => counters[name] > 0);
  return [
    { text: `${rate(publishes)} sent` },
    { text: `${rate(deliveries)} received` },
    ...(deliveryP50Us === undefined ? [] : [{ text: `p50 ${formatDurationUs(deliveryP50Us)}` }]),
    ...(deliveryP99Us === undefined ? [] : [{ text: `p99 ${formatDurationUs(deliveryP99Us)}` }]),
    { text: `${count(counters.lost)} lost`, ...(counters.lost > 0 && { look: 'bad' as const }) },
    ...faults.map(name => ({ text: `${count(counters[name])} ${faultWords[name]}`, look: 'bad' as const })),
    ailment === undefined
      ? { text: 'this machine: ok', look: 'faint' }
      : { text: `this machine: ${ailment}`, look: 'warn' },
  ];
}

const faultWords = {
  late: 'late',
  duplicate: 'duplicate',
  unexpected: 'unexpected',
  corrupt: 'corrupt',
  cutOff: 'cut off',
} as const;

/** As many fields on a line as fit; one that is too long for a line of its own is cut. */
function linesOf(fields: readonly Field[], cells: number, paint: Paint): readonly DrawnLine[] {
  const lines: { plain: string; painted: string }[] = [];
  for (const { text, look } of fields) {
    const plain = takeCells(text, cells);
    const painted = look ? paint[look](plain) : plain;
    const line = lines.at(-1);
    if (line && cellsOf(line.plain) + between.length + cellsOf(plain) <= cells) {
      line.plain += between + plain;
      line.painted += between + painted;
    } else {
      lines.push({ plain, painted });
    }
  }
  return lines;
}

const between = '   ';

/** What is narrower is no terminal to read in. */
const leastCells = 12;
