/** Section 3.4 of the GradAgenda specification, for what the server sends: a batch instead of a series of actions. */
import type { Outbound } from '../core/outbound.ts';
import type { ConnectionId } from '../core/registry.ts';
import type { GradagendaBehaviour } from './context.ts';

/** Gathers what goes to one connection into batches that each fit into a frame. Its order stays; what others get stays as it is. */
export function gatherAnswers(
  items: readonly Outbound[],
  connection: ConnectionId,
  frameBytes: number,
  behaviour: GradagendaBehaviour,
): Outbound[] {
  const gathered: Outbound[] = [];
  let waiting: string[] = [];
  const flush = (): void => {
    if (waiting.length > 1) behaviour.varies('answers-in-batch');
    for (const text of packBatches(waiting, frameBytes)) gathered.push({ kind: 'send', to: [connection], text });
    waiting = [];
  };
  for (const item of items) {
    if (item.kind === 'close') {
      if (item.connection === connection) flush();
      gathered.push(item);
    } else if (item.to.includes(connection)) {
      waiting.push(item.text);
      const others = item.to.filter(other => other !== connection);
      if (others.length > 0) gathered.push({ ...item, to: others });
    } else {
      gathered.push(item);
    }
  }
  flush();
  return gathered;
}

/** Makes every action a batch of its own, except one that would no longer fit. */
export function wrapEach(items: readonly Outbound[], frameBytes: number): Outbound[] {
  return items.map(item => {
    if (item.kind === 'close') return item;
    const wrapped = writeBatch([item.text]);
    return Buffer.byteLength(wrapped) <= frameBytes ? { ...item, text: wrapped } : item;
  });
}

/** As few batches as the order allows. An action that is alone goes without a batch. */
export function packBatches(actions: readonly string[], frameBytes: number): string[] {
  // Each action is counted with a comma, which the first has not.
  const emptyBytes = Buffer.byteLength(writeBatch([])) - 1;
  const packed: string[] = [];
  let batch: string[] = [];
  let batchBytes = emptyBytes;
  const flush = (): void => {
    if (batch.length > 0) packed.push(batch.length === 1 ? batch[0]! : writeBatch(batch));
    batch = [];
    batchBytes = emptyBytes;
  };
  for (const action of actions) {
    const actionBytes = Buffer.byteLength(action) + 1;
    if (batchBytes + actionBytes > frameBytes) flush();
    batch.push(action);
    batchBytes += actionBytes;
  }
  flush();
  return packed;
}

function writeBatch(actions: readonly string[]): string {
  return `{"type":"batch-mode-action","actions":[${actions.join(',')}]}`;
}
