import type { FaultDescription } from '../core/behaviour.ts';

export const tellingFaults = {
  'typing-told-to-oneself': {
    description: 'Tells the other sessions of a user that the user types.',
    breaks: ['note-02.not-own'],
  },
  'receipts-go-back': {
    description: 'Takes it that somebody has read less than before.',
    breaks: ['note-07.silence'],
  },
  'receipts-beyond-the-end': {
    description: 'Takes it that somebody has read what nobody has written.',
    breaks: ['note-08.silence', 'frames.unasked'],
  },
  'read-without-received': {
    description: 'Does not count what was read as received.',
    breaks: ['note-16.received', 'note-07.silence', 'frames.unasked'],
  },
  'receipts-kept-from-me': {
    description: 'Tells what somebody has received and read only to those who are attached.',
    breaks: ['note-10.on-me'],
  },
  'data-relayed': {
    description: 'Passes on the data of a note.',
    breaks: ['note-13.no-payload'],
  },
  'relayed-to-all': {
    description: 'Passes on what the parties of a call say to each other to all who are attached.',
    breaks: ['call-04.only-parties'],
  },
  'declined-is-missed': {
    description: 'Says of a call that was declined that it was missed.',
    breaks: ['call-07.declined'],
  },
  'duration-not-told': {
    description: 'Does not tell how long a call has lasted.',
    breaks: ['call-06.duration'],
  },
  'rings-for-ever': {
    description: 'Does not end a call that nobody answers.',
    breaks: ['call-09.missed'],
  },
  'cut-party-unnoticed': {
    description: 'Goes on with a call when the session of a party has ended.',
    breaks: ['call-10.disconnected'],
  },
  'off-while-still-on': {
    description: 'Tells that somebody is off when one of several sessions goes.',
    breaks: ['pres-04.not-again'],
  },
  'off-at-once': {
    description: 'Tells that somebody is off as soon as they have gone.',
    breaks: ['pres-03.off'],
  },
  'group-off-not-told': {
    description: 'Tells nobody that a group is off.',
    breaks: ['pres-07.off'],
  },
  'readers-seen': {
    description: 'Tells that readers of a channel have come.',
    breaks: ['pres-21.unseen', 'frames.unasked'],
  },
  'agent-not-told': {
    description: 'Tells nobody that somebody is active with another program.',
    breaks: ['pres-05.agent'],
  },
  'internal-words-told': {
    description: 'Passes on to clients the words that topics use among themselves.',
    breaks: ['frames.valid'],
  },
  'message-told-to-attached': {
    description: 'Tells on me of a message also those who receive it.',
    breaks: ['pres-18.message', 'frames.unasked'],
  },
} as const satisfies Record<string, FaultDescription>;
