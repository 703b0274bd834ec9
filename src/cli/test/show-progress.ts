import type { RunProgress } from '../../conformance/run-suite.ts';
import { createProgress, type Progress } from '../../reporters/progress.ts';
import type { Terminal } from '../terminal.ts';

export interface ShownProgress {
  readonly progress: RunProgress;
  /** Takes the live line away. Also when the run has failed. */
  end(): void;
}

/** A live line on a terminal, plain lines elsewhere. */
export function showProgress(terminal: Terminal): ShownProgress {
  const beganAt = performance.now();
  const nowMs = () => performance.now() - beganAt;
  let shown: Progress | undefined;
  const ticking = setInterval(() => shown?.tick(nowMs()), betweenTicksMs);
  return {
    progress: {
      total(total) {
        const { live, widthCells: width } = terminal;
        shown = createProgress({ write: terminal.tell, total, terminal: live, color: live && terminal.color, width });
      },
      started: ({ id }) => shown?.started(id, nowMs()),
      finished: ({ id, verdict }) => shown?.finished(id, verdict === 'not-applicable' ? 'none' : verdict, nowMs()),
    },
    end() {
      clearInterval(ticking);
      shown?.end();
    },
  };
}

const betweenTicksMs = 200;
