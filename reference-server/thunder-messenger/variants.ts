import type { VariantDescription } from '../core/behaviour.ts';

export type VariantName = keyof typeof variants;

export const variants = {
  'answers-first': {
    description: 'Sends the answer to a request before what that request makes others and the caller hear.',
  },
  'replay-to-all': {
    description: 'Tells every observer of rooms again of all that there are when another one registers.',
  },
  'users-replayed-in-reverse': {
    description: 'Tells a new observer of those in the room in the reverse of the order in which they joined.',
  },
  'zero-for-null': {
    description: 'Answers register and unregister with 0.',
  },
  'own-left-seen': {
    description: 'Tells who leaves a room so, if registered.',
  },
  'client-ids-side-by-side': {
    description: 'Lets one connection observe a room under several client ids.',
  },
  'errors-explained': {
    description: 'Adds an explanation to the names of errors.',
  },
  'privileged-misspelt': {
    description: 'Spells ERROR_PRIVILIGED_REQUEST as the source of Thunder does.',
  },
  'errors-with-data': {
    description: 'Adds the member data to errors.',
  },
  'extra-members': {
    description: 'Adds members that the document does not name.',
  },
  'members-reordered': {
    description: 'Writes members in reverse order, with blanks and line breaks between them.',
  },
  'fragmented-frames': {
    description: 'Sends every message in two WebSocket fragments.',
  },
} as const satisfies Record<string, VariantDescription>;
