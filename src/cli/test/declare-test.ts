import { Option } from '@commander-js/extra-typings';
import type { Program } from '../global-options.ts';
import { collect } from '../options/collect.ts';
import { collectAssignment } from '../options/read-assignment.ts';
import { readDurationUs } from '../options/read-duration.ts';
import { collectReporter } from '../options/read-reporter.ts';
import { readShard } from '../options/read-shard.ts';
import { readCount } from '../options/read-whole-number.ts';
import type { Session } from '../session.ts';
import { openTerminal } from '../terminal.ts';
import { defaultTestOptions } from './test-options.ts';

export function declareTest(program: Program, session: Session): void {
  program
    .command('test')
    .description('Runs scenarios against a server and says which requirements it meets.')
    .argument('[packs or paths...]', 'packs, topic folders or scenario files (default: every bundled pack)')
    .option('--target <url or file>', 'the server: its URL, or a target file (default: the bundled server)')
    .option('--configuration <name>', 'how the bundled server is started (default: the first that the pack names)')
    .option('--jobs <n>', 'executions at once', readCount, defaultTestOptions.jobs)
    .option('--seed <text>', 'what random values are made from (default: a new one)')
    .option('--shuffle', 'run in an order that the seed decides', false)
    .option('--repeat <n>', 'run everything so often', readCount, defaultTestOptions.repeat)
    .option('--stress', 'keep all cores busy; each repetition is a run of its own, and what differs is told', false)
    .option(
      '--filter <pattern>',
      'only executions whose id has this text in it or matches this glob; repeatable',
      collect,
    )
    .option('--tag <tag>', 'only scenarios with this tag; !tag leaves them out; repeatable', collect)
    .addOption(
      new Option('--level <level>', 'only scenarios about requirements of at least this level').choices(levels),
    )
    .option('--shard <k/n>', 'only the k-th of n parts', readShard)
    .option('--max-failures <n>', 'begin nothing more after so many failures', readCount)
    .addOption(patienceOption())
    .option('--var <name=value>', 'value of $(vars.name) in the target file; repeatable', collectAssignment)
    .option('--reporter <name[=path]>', 'console, json, junit or github; repeatable', collectReporter)
    .option('--reports <folder>', 'where a folder for this run is made', defaultTestOptions.reports)
    .option('--name <text>', 'name of the run (default: that of the pack)')
    .option('--quiet', 'no progress, no summary: failures and one line for each pack', false)
    .addHelpText('after', notes)
    .action(async (packs, options) => {
      const { testPacks } = await import('./test-packs.ts');
      session.exitCode = await testPacks(packs, options, openTerminal(program.opts()), session);
    });
}

/** The option `--timeout`: patience (language, section 8). */
function patienceOption() {
  return new Option('--timeout <duration>', 'patience: how long to wait for what does not come')
    .argParser(readDurationUs)
    .default(defaultTestOptions.timeout, '5s');
}

const levels = ['must', 'should', 'may'] as const;

const notes = `
A reporter without a path is printed in the place of the console report; with a path it is written
there as well, and if several packs run, the pack's name stands in each file's name. Every run
leaves its event log, results.json and junit.xml in a folder of its own.

Examples:
  antiphon test gradagenda/message                 one topic on the bundled server
  antiphon test gradagenda --target server.yaml --var host=10.0.0.7
  antiphon test --filter '**/order*' --repeat 20 --shuffle
  antiphon test gradagenda --stress --repeat 50 --shuffle
  antiphon test --tag '!slow' --shard 1/4 --reporter github
`;
