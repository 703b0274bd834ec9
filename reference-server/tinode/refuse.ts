import { ProtobufError } from '../core/protobuf-wire.ts';
import type { Received, Refuse } from '../core/protocol.ts';
import { writeCtrl } from './frames.ts';
import { readClientFrame, writeServerFrame } from './messages/frames.ts';
import { readFrame } from './requests.ts';

/** Permission denied, with the id and the topic of the request. Of a note nobody hears. */
export const refuse: Refuse = received => {
  const answers = refuseFrame(received.isBinary ? readBinary(received) : received.text);
  const write = (text: string) => (received.isBinary ? writeServerFrame(text).toString('latin1') : text);
  return answers.map(text => ({ text: write(text) }));
};

function refuseFrame(text: string): readonly string[] {
  const frame = readFrame(text);
  if (!frame?.request) return [writeCtrl('malformed', { atMs: 0 })];
  const { kind, body } = frame.request;
  if (kind === 'note') return [];
  const { id, topic }: { readonly id?: string | undefined; readonly topic?: string | undefined } = body;
  return [writeCtrl('permissionDenied', { id: id || undefined, topic: topic || undefined, atMs: 0 })];
}

/** What is no message is no frame. */
function readBinary({ text }: Received): string {
  try {
    return readClientFrame(Buffer.from(text, 'latin1'));
  } catch (error) {
    if (error instanceof ProtobufError) return '';
    throw error;
  }
}
