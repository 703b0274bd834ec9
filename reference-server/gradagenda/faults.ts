import type { FaultDescription } from '../core/behaviour.ts';
import { sessionFaults } from './session-faults.ts';

export type FaultName = keyof typeof faults;

/** Of connections, frames and batches here; of sessions and messages in session-faults.ts. */
export const faults = {
  'speaks-before-auth': {
    description: 'Greets a connection that has not authenticated.',
    breaks: ['auth.standby-silent', 'frames.unasked'],
  },
  'action-before-auth-served': {
    description: 'Serves actions of a connection that has not authenticated, as if a participant had sent them.',
    breaks: ['auth.before-refused', 'auth.before-keeps-open', 'auth.before-no-effect'],
  },
  'second-auth-accepted': {
    description: 'Lets an authenticated connection authenticate once more, also as another user.',
    breaks: ['auth.second-refused', 'auth.second-changes-nothing'],
  },
  'wrong-token-accepted': {
    description: 'Takes any token that is not empty for a user that is known.',
    breaks: ['auth.wrong-credentials'],
  },
  'empty-token-accepted': {
    description: 'Takes an empty token for a right one.',
    breaks: ['auth.wrong-credentials', 'status.outcome'],
  },
  'failed-auth-is-final': {
    description: 'Refuses to authenticate a connection on which authentication has failed once.',
    breaks: ['auth.again-after-failure'],
  },
  'number-ids-refused': {
    description: 'Refuses to authenticate users whose id is a number.',
    breaks: ['ids.numbers-accepted'],
  },
  'one-device-for-each-user': {
    description: 'Refuses to authenticate a user who is connected with another device.',
    breaks: ['device.several'],
  },
  'older-device-kept': {
    description: 'Leaves the older connection open when the same device of the same user authenticates again.',
    breaks: ['device.replaced'],
  },
  'long-cdid-dropped': {
    description: 'Leaves cdids of more than 255 characters out of status responses.',
    breaks: ['status.cdid-attached'],
  },
  'cdid-trimmed': {
    description: 'Takes the blanks from both ends of the cdid of status responses.',
    breaks: ['status.cdid-attached'],
  },
  'cdid-must-be-fresh': {
    description: 'Fails a request whose cdid the connection has used before.',
    breaks: ['cdid.only-attached'],
  },
  'empty-cdid-refused': {
    description: 'Fails a request whose cdid is the empty text.',
    breaks: ['cdid.only-attached'],
  },
  'missing-cdid-accepted': {
    description: 'Does actions that have no cdid.',
    breaks: ['cdid.malformed-refused'],
  },
  'failure-told-to-every-device': {
    description: 'Sends failures to all devices of the user whose action has failed.',
    breaks: ['status.only-to-requester', 'frames.unasked'],
  },
  'type-in-capitals-accepted': {
    description: 'Takes the type of an action for the same in capitals.',
    breaks: ['request.unknown-type'],
  },
  'missing-timestamp-accepted': {
    description: 'Puts a zero where a message has no timestamp.',
    breaks: ['request.missing-field'],
  },
  'timestamp-as-text-accepted': {
    description: 'Takes a timestamp that is text for the number that it looks like.',
    breaks: ['request.wrong-type'],
  },
  'batch-changes-last': {
    description: 'Modifies and deletes the sessions of a batch after all else in it.',
    breaks: ['batch.in-order'],
  },
  'batch-stops-at-failure': {
    description: 'Drops the rest of a batch once one of its actions has failed.',
    breaks: ['batch.goes-on', 'batch.answers-each'],
  },
  'nested-batch-refused': {
    description: 'Fails a batch inside a batch.',
    breaks: ['batch.nested'],
  },
  'batch-tells-only-who-sent-it': {
    description: 'Sends what the actions of a batch bring about to nobody but who sent it.',
    breaks: ['batch.same-effect', 'batch.goes-on', 'batch.nested'],
  },
  'answers-in-oversize-batch': {
    description: 'Puts the answers to one frame into one batch, also over the limit.',
    breaks: ['frames.valid', 'size.server-frames', 'batch.answers-split'],
  },
  'size-limit-off-by-one': {
    description: 'Serves a frame that is one byte over the limit.',
    breaks: ['size.over-closes'],
  },
  'size-limit-exclusive': {
    description: 'Closes on a frame that is exactly at the limit.',
    breaks: ['size.limit-is-served'],
  },
  'size-limit-of-4000': {
    description: 'Closes on frames of 4,000 bytes and more.',
    breaks: ['size.within-limit-served', 'size.limit-is-served', 'size.unbroadcastable-refused'],
  },
  'size-counted-in-characters': {
    description: 'Counts the size of a frame in characters instead of bytes.',
    breaks: ['size.over-closes'],
  },
  'oversize-frame-sent': {
    description: 'Sends broadcasts and session infos over the limit instead of failing the request.',
    breaks: ['frames.valid', 'size.unbroadcastable-refused'],
  },
  'binary-accepted': {
    description: 'Reads binary frames as if they were text.',
    breaks: ['text.binary-closes', 'text.binary-closes-with-1003'],
  },
  'invalid-utf8-accepted': {
    description: 'Replaces bytes that are not UTF-8 instead of closing.',
    breaks: ['text.utf8-only'],
  },
  'not-utf8-closes-as-not-text': {
    description: 'Closes with 1003 on text that is not UTF-8.',
    breaks: ['text.not-utf8-closes-with-1007'],
  },
  'not-json-ignored': {
    description: 'Drops frames that are not JSON and stays open.',
    breaks: ['json.not-json-closes'],
  },
  'not-object-answered': {
    description: 'Answers JSON that is not an object with a failure instead of closing.',
    breaks: ['json.not-object-closes'],
  },
  ...sessionFaults,
} as const satisfies Record<string, FaultDescription>;
