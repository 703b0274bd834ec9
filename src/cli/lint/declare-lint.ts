import { Option } from '@commander-js/extra-typings';
import type { Program } from '../global-options.ts';
import type { Session } from '../session.ts';
import { openTerminal } from '../terminal.ts';

export function declareLint(program: Program, session: Session): void {
  program
    .command('lint')
    .description('Finds what is wrong in the files of a pack, all of it at once, without running anything.')
    .argument('[packs or paths...]', 'packs, topic folders or files (default: every bundled pack)')
    .addOption(new Option('--format <format>', 'how problems are printed').choices(formats).default('text' as const))
    .addHelpText('after', notes)
    .action(async (packs, { format }) => {
      const { lint } = await import('./lint.ts');
      session.exitCode = await lint(packs, format, openTerminal(program.opts()));
    });
}

const formats = ['text', 'json', 'github'] as const;

export type LintFormat = (typeof formats)[number];

const notes = `
The whole pack is read in any case; with a topic folder or a file, only problems in it are told.
Errors end with exit code 2; warnings do not.

Examples:
  antiphon lint                                    every bundled pack
  antiphon lint ./my-pack --format github
  antiphon lint ./my-pack/message/order.yaml
`;
