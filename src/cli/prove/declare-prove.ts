import type { Program } from '../global-options.ts';
import { collect } from '../options/collect.ts';
import { readPart, readPercent } from '../options/read-percent.ts';
import type { Session } from '../session.ts';
import { openTerminal } from '../terminal.ts';

export function declareProve(program: Program, session: Session): void {
  program
    .command('prove')
    .description('Changes what the server said in a run, one thing at a time, and shows what nobody noticed.')
    .argument('[packs or runs...]', 'packs, or folders of runs (default: every bundled pack)')
    .option('--configuration <name>', 'how the bundled server is started; `all`: every way (default: the first)')
    .option('--sample <n or share>', 'judge only so many of the mutants: 500, or 10%', readPart)
    .option('--seed <text>', 'what decides which mutants are in the sample (default: a new one)')
    .option('--min-score <percent>', 'end with exit code 1 if less are killed', readPercent)
    .option('--explain <mutant>', 'show one mutant, by its id, and what became of it')
    .option('--all', 'every row of every table', false)
    .option('--pack <folder>', 'judge with this pack instead of the one that the log names; repeatable', collect)
    .option('--reports <folder>', 'where a folder for the run of a pack is made', 'reports')
    .option('--json', 'as JSON: what prove.json holds', false)
    .option('--quiet', 'no progress, no tables: one line for each run', false)
    .addHelpText('after', notes)
    .action(async (named, options) => {
      const { prove } = await import('./prove.ts');
      session.exitCode = await prove(named, options, openTerminal(program.opts()), session);
    });
}

const notes = `
A pack is run on the bundled server first; of a run that was made before, its log is read. What does
not pass is left out. prove.json is written into the folder of the run. A mutant that survives
is a hole in the suite: the report names the frame, the member and the line where a check belongs.

Examples:
  antiphon prove gradagenda                        the whole suite, with its tables
  antiphon prove gradagenda --min-score 95 --quiet
  antiphon prove reports/20261130T174859Z-gradagenda --sample 10% --seed nightly
  antiphon prove reports/20261130T174859Z-gradagenda \\
    --explain 'gradagenda/message/now~12.other-value/message/body'
`;
