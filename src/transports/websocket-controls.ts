import { WebSocket } from 'ws';
import { type LiveWebSocket, liveOf } from './websocket-live.ts';

/**
 * Pings and pongs decide nothing, so they are notes. Of a flood of them only the first are told one by one, and the number of the
 * others at the end: a log must not grow with what nobody reads.
 */
export function followControls(live: LiveWebSocket): void {
  live.ws.on('ping', answerPing);
  live.ws.on('pong', tellPong);
}

/** Before the connection is told to be closed. */
export function tellOtherControls({ controls, sink, nowUs }: LiveWebSocket): void {
  const others = controls - mostTold;
  if (others > 0) sink.note(nowUs(), `${others} more pings and pongs received`);
}

/** More than a server sends that looks now and then whether we are there. */
const mostTold = 1_000;

/** Pongs that a target does not take are not heaped up beyond this. */
const unsentMaxBytes = 1_048_576;

function answerPing(this: WebSocket, data: Buffer): void {
  const live = liveOf(this);
  const { ws, options } = live;
  const answers = options.pong && !live.half && ws.readyState === WebSocket.OPEN && ws.bufferedAmount < unsentMaxBytes;
  if (answers) ws.pong(data);
  tell(live, `ping of ${data.length} bytes received, ${answers ? 'answered' : 'not answered'}`);
}

function tellPong(this: WebSocket, data: Buffer): void {
  tell(liveOf(this), `pong of ${data.length} bytes received`);
}

function tell(live: LiveWebSocket, text: string): void {
  live.controls++;
  if (live.controls <= mostTold) live.sink.note(live.stamp.atUs(), text);
}
