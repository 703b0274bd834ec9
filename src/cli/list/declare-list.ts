import type { Program } from '../global-options.ts';
import type { Session } from '../session.ts';
import { openTerminal } from '../terminal.ts';

export function declareList(program: Program, session: Session): void {
  program
    .command('list')
    .description('Lists the packs there are; of packs that are named, what would be run.')
    .argument('[packs or paths...]', 'packs, topic folders or scenario files')
    .option('--json', 'as JSON', false)
    .addHelpText('after', notes)
    .action(async (packs, { json }) => {
      const { list } = await import('./list.ts');
      session.exitCode = await list(packs, json, openTerminal(program.opts()));
    });
}

const notes = `
Examples:
  antiphon list
  antiphon list gradagenda/message
  antiphon list ./my-pack --json
`;
