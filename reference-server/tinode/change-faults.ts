import type { FaultDescription } from '../core/behaviour.ts';

export const changeFaults = {
  'public-replaced': {
    description: 'Puts an object that is shown in the place of the one before, and does not merge them.',
    breaks: ['set-07.merged', 'set-07.deleted'],
  },
  'shown-by-any-member': {
    description: 'Lets every member change what a group shows.',
    breaks: ['set-04.refused', 'set-39.owner'],
  },
  'trusted-by-anybody': {
    description: 'Stores trusted values of those who are not root.',
    breaks: ['set-11.refused', 'env-18.level'],
  },
  'contacts-not-told-of-update': {
    description: 'Does not tell others that somebody shows something else.',
    breaks: ['set-02.contacts'],
  },
  'tags-announced-to-members': {
    description: 'Tells all who are attached that the tags of a group have changed.',
    breaks: ['set-43.nobody-else'],
  },
  'data-by-any-member': {
    description: 'Lets every member set further data.',
    breaks: ['set-59.refused'],
  },
  'query-outlives-leaving': {
    description: 'Remembers what a session looks for when it leaves.',
    breaks: ['set-66.forgotten'],
  },
  'tag-found-by-its-beginning': {
    description: 'Finds a tag also by text that it begins with.',
    breaks: ['fnd-02.none'],
  },
  'suspended-found': {
    description: 'Finds users who are suspended.',
    breaks: ['fnd-09.hidden'],
  },
  'every-term-needed': {
    description: 'Reads a comma between terms like a blank.',
    breaks: ['fnd-05.or'],
  },
  'stored-query-first': {
    description: 'Uses the stored query where the session has one of its own.',
    breaks: ['fnd-03.public-first'],
  },
  'all-tags-shown': {
    description: 'Shows all tags of what is found.',
    breaks: ['fnd-01.matched'],
  },
} as const satisfies Record<string, FaultDescription>;
