import type { Refuse } from '../core/protocol.ts';
import { writeCtrl } from './frames.ts';
import { readFrame } from './requests.ts';

/** Permission denied, with the id and the topic of the request. Of a note nobody hears. */
export const refuse: Refuse = ({ text }) => {
  const frame = readFrame(text);
  if (!frame?.request) return [{ text: writeCtrl('malformed', { atMs: 0 }) }];
  const { kind, body } = frame.request;
  if (kind === 'note') return [];
  const { id, topic }: { readonly id?: string | undefined; readonly topic?: string | undefined } = body;
  return [{ text: writeCtrl('permissionDenied', { id: id || undefined, topic: topic || undefined, atMs: 0 }) }];
};
