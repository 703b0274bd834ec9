/** The faults that lie below lines. Without one of them this is the splitter that every server has. */
import { createLineSplitter, type LineSplitter } from '../fronts/line-splitter.ts';
import type { SocketChatBehaviour } from './context.ts';

export function createFaultySplitter(behaviour: SocketChatBehaviour): LineSplitter {
  const proper = createLineSplitter();
  return {
    openBytes: proper.openBytes,
    push(bytes) {
      if (bytes.at(-1) !== lineFeed && behaviour.fires('piece-read-as-line')) return [bytes];
      const lines = proper.push(bytes);
      if (lines.length > 1 && behaviour.fires('lines-at-once-reversed')) return lines.toReversed();
      if (lines.some(line => line.length > 65_536) && behaviour.fires('long-line-unanswered'))
        return lines.filter(line => line.length <= 65_536);
      if (bytes.includes(carriageReturn) && behaviour.fires('line-ended-by-cr-and-lf-each'))
        return lines.flatMap(line => [line, empty]);
      return lines;
    },
  };
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const empty = new Uint8Array(0);
