import type { FaultDescription } from '../core/behaviour.ts';

/** Of what the front does without the domain. */
export const fileFaults = {
  'upload-limit-ignored': {
    description: 'Takes files of any size.',
    breaks: ['f-09.too-large'],
  },
  'served-to-anybody': {
    description: 'Serves files to those who do not say who they are.',
    breaks: ['f-18.authentication'],
  },
  'media-type-as-said': {
    description: 'Takes the word of who brings a file for what it is.',
    breaks: ['f-12.sniffed', 'f-12.not-known'],
  },
  'served-again': {
    description: 'Serves a file to those who have it already.',
    breaks: ['f-14.not-modified'],
  },
  'range-one-short': {
    description: 'Leaves out the last byte of a range.',
    breaks: ['f-15.content'],
  },
} as const satisfies Record<string, FaultDescription>;
