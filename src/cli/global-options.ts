import type { Command } from '@commander-js/extra-typings';

/** Options of every command; they may stand before or behind its name. */
export type GlobalOptions = {
  readonly verbose: boolean;
  readonly color: boolean;
};

export type Program = Command<[], GlobalOptions>;
