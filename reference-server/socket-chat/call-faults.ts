import type { FaultDescription } from '../core/behaviour.ts';

export const callFaults = {
  // Voice
  'request-names-callee': {
    description: 'Names the callee instead of the caller to the callee of a call.',
    breaks: ['voice.request'],
  },
  'offline-callee-unanswered': {
    description: 'Does not answer a call to somebody who is not logged in.',
    breaks: ['voice.offline'],
  },
  'busy-callee-rung': {
    description: 'Passes a call on to somebody who is in another.',
    breaks: ['voice.busy'],
  },
  'rings-half-as-long': {
    description: 'Waits for an answer to a call half as long as it should.',
    breaks: ['voice.time-to-caller', 'voice.time-to-callee'],
  },
  'time-only-to-caller': {
    description: 'Does not tell the callee that a call has timed out.',
    breaks: ['voice.time-to-callee'],
  },
  'time-names-callee': {
    description: 'Names the callee instead of the caller when it tells the callee that a call has timed out.',
    breaks: ['voice.time-names-caller'],
  },
  'time-names-caller': {
    description: 'Names the caller instead of the callee when it tells the caller that a call has timed out.',
    breaks: ['voice.time-names-callee'],
  },
  'rings-on-after-accept': {
    description: 'Says of a call that was accepted that its time is over.',
    breaks: ['voice.answered-in-time', 'frames.unasked'],
  },
  'rings-on-after-reject': {
    description: 'Times out a call that was rejected.',
    breaks: ['voice.answered-in-time'],
  },
  'rings-on-without-caller': {
    description: 'Lets a call go on whose caller has left.',
    breaks: ['voice.caller-left'],
  },
  'accept-only-to-caller': {
    description: 'Does not tell the callee where to send datagrams.',
    breaks: ['voice.accept-to-both'],
  },
  'port-with-protocol': {
    description: 'Says the protocol behind the port, as in 4001/udp.',
    breaks: ['frames.valid', 'voice.port-as-text'],
  },
  'answer-names-nobody': {
    description: 'Takes an accept or reject that names somebody else for an answer to the call that rings.',
    breaks: ['voice.answer-without-call'],
  },
  'answer-without-call-ignored': {
    description: 'Does not answer an accept or reject where there is no such call, or no more.',
    breaks: ['voice.answer-without-call', 'voice.caller-left'],
  },
  'reject-names-caller': {
    description: 'Names the caller instead of the callee when it tells the caller of a rejection.',
    breaks: ['voice.reject'],
  },
  'reject-echoed': {
    description: 'Tells the callee of a rejection too.',
    breaks: ['voice.reject-only-to-caller', 'frames.unasked'],
  },
  // Relay
  'relay-in-one-direction': {
    description: 'Passes datagrams of the caller on, and none of the callee.',
    breaks: ['relay.to-caller'],
  },
  'datagrams-cut': {
    description: 'Cuts datagrams after 1,024 bytes.',
    breaks: ['relay.unchanged'],
  },
  'relay-takes-strangers': {
    description: 'Passes on datagrams from any address.',
    breaks: ['relay.only-parties'],
  },
  'relay-kept-without-callee': {
    description: 'Leaves the relay open when the callee leaves.',
    breaks: ['relay.closed-by-logout', 'relay.closed-by-disconnect'],
  },
  'relay-kept-without-caller': {
    description: 'Leaves the relay open when the caller leaves.',
    breaks: ['relay.closed-by-logout', 'relay.closed-by-disconnect'],
  },
  'silence-ended-by-either': {
    description: 'Takes a datagram of one party for a sign of both.',
    breaks: ['relay.closed-by-silence'],
  },
} as const satisfies Record<string, FaultDescription>;
