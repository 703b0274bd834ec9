import { formatDurationUs } from '../../foundation/duration.ts';
import type { LoadProgress } from '../../load/engine/run-load.ts';
import { ailmentOf } from '../../load/judge/rig-health.ts';
import { createPaint } from '../../reporters/paint.ts';
import type { Terminal } from '../terminal.ts';
import { createLiveView } from './live-view.ts';

export interface ShownLoad {
  readonly progress: LoadProgress;
  /** Writes around what is live. */
  readonly terminal: Terminal;
  /** Takes the live view away. Also when the load has failed. */
  end(): void;
}

/** Live on a terminal, plain lines elsewhere, nothing if it is to be quiet. */
export function showLoad(terminal: Terminal, isQuiet: boolean): ShownLoad {
  if (isQuiet) return { progress: { phase() {}, second() {} }, terminal, end() {} };
  return terminal.live ? showLive(terminal) : { progress: plainLines(terminal), terminal, end() {} };
}

function showLive(terminal: Terminal): ShownLoad {
  const paint = createPaint(terminal.color);
  const view = createLiveView({ write: terminal.tell, widthCells: terminal.tellCells, paint });
  const ticking = setInterval(() => view.tick(performance.now()), betweenTicksMs);
  return {
    progress: {
      phase: (name, { durationUs, connections }) => view.phase(name, durationUs, connections, performance.now()),
      second: second => view.second(second, performance.now()),
    },
    terminal: {
      ...terminal,
      print(text) {
        view.clear();
        terminal.print(text);
      },
      tell(text) {
        view.clear();
        terminal.tell(text);
      },
    },
    end() {
      clearInterval(ticking);
      view.end();
    },
  };
}

/** Often enough for seconds that pass, seldom enough to cost nothing. */
const betweenTicksMs = 250;

/** A line for each phase and each second. */
function plainLines(terminal: Terminal): LoadProgress {
  return {
    phase(name, { durationUs, connections }) {
      const lasting = durationUs === undefined ? '' : `, ${formatDurationUs(durationUs)}`;
      const who = connections === 0 ? '' : `, ${connections} connections`;
      terminal.tell(`${name}${lasting}${who}\n`);
    },
    second(told) {
      const { second, publishes, deliveries, deliveryP50Us, deliveryP99Us, counters } = told;
      const ailment = ailmentOf(told);
      const latency =
        deliveryP50Us === undefined
          ? 'nothing came'
          : `p50 ${formatDurationUs(deliveryP50Us)}, p99 ${formatDurationUs(deliveryP99Us ?? deliveryP50Us)}`;
      terminal.tell(
        `${String(second + 1).padStart(4)} s  ${publishes} published, ${deliveries} delivered, ${latency}, ${counters.lost} lost${ailment === undefined ? '' : `, this machine: ${ailment}`}\n`,
      );
    },
  };
}
