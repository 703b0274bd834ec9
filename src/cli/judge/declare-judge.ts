import type { Program } from '../global-options.ts';
import { collect } from '../options/collect.ts';
import { collectReporter } from '../options/read-reporter.ts';
import type { Session } from '../session.ts';
import { openTerminal } from '../terminal.ts';

export function declareJudge(program: Program, session: Session): void {
  program
    .command('judge')
    .description('Judges the event log of a run again, with the scenarios as they are now.')
    .argument('<run>', 'the folder of a run, or its events.jsonl')
    .option('--pack <folder>', 'judge with this pack instead of the one that the log names; repeatable', collect)
    .option('--reporter <name[=path]>', 'console, json, junit or github; repeatable', collectReporter)
    .option('--quiet', 'no summary: failures and one line', false)
    .addHelpText('after', notes)
    .action(async (run, options) => {
      const { judge } = await import('./judge.ts');
      session.exitCode = await judge(run, options, openTerminal(program.opts()));
    });
}

const notes = `
results.json and junit.xml are written into the folder of the run. Nothing in them comes from the
time of judging: the same log and the same scenarios give the same bytes.

Examples:
  antiphon judge reports/20261130T174859Z-gradagenda
  antiphon judge events.jsonl --pack ./my-pack --reporter json
`;
