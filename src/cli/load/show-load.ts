import { formatDurationUs } from '../../foundation/duration.ts';
import type { LoadProgress } from '../../load/engine/run-load.ts';
import { ailmentOf } from '../../load/judge/rig-health.ts';
import type { Terminal } from '../terminal.ts';

/** Plain lines: a line for each phase and each second. */
export function showLoad(terminal: Terminal): LoadProgress {
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
