import type { Program } from '../global-options.ts';
import { collect } from '../options/collect.ts';
import type { Session } from '../session.ts';
import { openTerminal } from '../terminal.ts';

export function declareCoverage(program: Program, session: Session): void {
  program
    .command('coverage')
    .description('Shows for every requirement of a pack where a run decided it.')
    .argument('<pack>', 'the pack')
    .option('--run <folder>', 'read the results of this run; repeatable', collect)
    .option('--reports <folder>', 'where a folder for the run is made if none is read', 'reports')
    .option('--json', 'as JSON', false)
    .addHelpText('after', notes)
    .action(async (pack, options) => {
      const { coverage } = await import('./coverage.ts');
      session.exitCode = await coverage(pack, options, openTerminal(program.opts()), session);
    });
}

const notes = `
Without --run the pack is run on the bundled server first, in every configuration that it names.
Ends with exit code 1 if a requirement is neither decided nor excluded with a reason.

Examples:
  antiphon coverage gradagenda
  antiphon coverage ./my-pack --run reports/20261130T174859Z-my-pack
`;
