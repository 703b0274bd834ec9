import type { FaultDescription } from '../core/behaviour.ts';

export const messageFaults = {
  'history-oldest-first': {
    description: 'Returns messages from the oldest to the newest, if all are asked for.',
    breaks: ['get-34.newest-first', 'del-08.own-only', 'get-40.not-others', 'lp-06.one'],
  },
  'before-includes-itself': {
    description: 'Returns the message before which all are asked for, too.',
    breaks: ['get-36.before', 'get-43.batch'],
  },
  'limit-takes-the-oldest': {
    description: 'Returns the oldest messages if more fit than are asked for.',
    breaks: ['get-36.limit'],
  },
  'deleted-still-served': {
    description: 'Returns messages that somebody has deleted for themselves.',
    breaks: ['get-40.missing', 'frames.unasked', 'g-05.no-content'],
  },
  'deletion-hides-from-all': {
    description: 'Hides from everybody what one has deleted for themselves.',
    breaks: ['get-40.not-others', 'del-08.own-only'],
  },
  'authors-told-to-readers': {
    description: 'Tells the readers of a channel who has written, in its history.',
    breaks: ['get-42.no-author'],
  },
  'sender-kept': {
    description: 'Lets anybody say in the head of a message who has sent it.',
    breaks: ['env-20.removed', 'env-20.no-head'],
  },
  'anybody-deletes-for-all': {
    description: 'Deletes for everybody, whoever asks for it.',
    breaks: ['del-08.own-only'],
  },
  'deletions-counted-from-zero': {
    description: 'Answers a deletion with a number that is one too low.',
    breaks: ['del-04.number', 'del-07.ok'],
  },
  'ranges-told-apart': {
    description: 'Keeps ranges that overlap as they were given.',
    breaks: ['del-12.merged'],
  },
  'own-deletion-told-to-others': {
    description: 'Tells everybody in the topic what one has deleted for themselves.',
    breaks: ['del-06.nobody-else'],
  },
  'published-to-suspended': {
    description: 'Takes messages in a group whose owner is suspended.',
    breaks: ['pub-09.group'],
  },
  'head-of-texts': {
    description: 'Keeps of the head of a message only what is text.',
    breaks: ['pub-05.head', 'g-06.head'],
  },
  'own-message-unread': {
    description: 'Does not count what somebody writes as read by them.',
    breaks: ['pub-23.read', 'get-17.numbers', 'get-29.members'],
  },
  'author-shown-to-readers': {
    description: 'Tells the readers of a channel who writes, as it is written.',
    breaks: ['pub-16.no-author', 'steps.done'],
  },
} as const satisfies Record<string, FaultDescription>;
