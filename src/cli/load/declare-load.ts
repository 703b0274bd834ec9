import { Option } from '@commander-js/extra-typings';
import type { Program } from '../global-options.ts';
import { collectAssignment } from '../options/read-assignment.ts';
import { readDurationUs } from '../options/read-duration.ts';
import { workersInOption, workersOption } from '../options/worker-options.ts';
import type { Session } from '../session.ts';
import { openTerminal } from '../terminal.ts';

export function declareLoad(program: Program, session: Session): void {
  program
    .command('load')
    .description('Runs a workload against a server: latency of delivery, what was lost, and whether thresholds hold.')
    .argument('<workload>', 'a workload file: gradagenda/workloads/fan-out.yaml, or a path')
    .option('--target <url or file>', 'the server: its URL, or a target file (default: the bundled server)')
    .option('--configuration <name>', 'how the bundled server is started (default: the first that the pack names)')
    .option('--var <name=value>', 'value of $(vars.name) in the target file; repeatable', collectAssignment)
    .option('--seed <text>', 'what random values are made from (default: a new one)')
    .addOption(
      new Option('--timeout <duration>', 'patience while users join')
        .argParser(readDurationUs)
        .default(5_000_000, '5s'),
    )
    .addOption(workersOption())
    .addOption(workersInOption())
    .addOption(
      new Option(
        '--abort-on-fail [grace]',
        'end the load when a count misses its threshold, after so much of it',
      ).argParser(readDurationUs),
    )
    .option('--calibrate', 'measure before what of it is this machine (default: if hold is 30 s or more)')
    .option('--no-calibrate', 'do not')
    .option(
      '--find-capacity <objective>',
      'search the greatest rate at which these thresholds hold, instead of those of the workload',
    )
    .option('--sweep <name=values>', 'run at several rates, payloads, or counts of a role: subscribers=10,100,1000')
    .option('--reports <folder>', 'where a folder for this run is made', 'reports')
    .option('--name <text>', 'name of the run (default: that of the workload)')
    .option('--quiet', 'no progress', false)
    .addHelpText('after', notes)
    .action(async (workload, options) => {
      const { loadTarget } = await import('./load.ts');
      session.exitCode = await loadTarget(workload, options, openTerminal(program.opts()), session);
    });
}

const notes = `
A run leaves results.json, metrics.csv and events.jsonl in a folder of its own. That nothing is
lost is a threshold of every workload that does not say how much may be. A search or a sweep leaves
capacity.json or sweep.json, the same as .csv, and the runs in steps/. Percentiles need messages:
steps of a search hold longer than the workload says, if their rate is low.

Examples:
  antiphon load gradagenda/workloads/fan-out.yaml
  antiphon load my-pack/workloads/rooms.yaml --target ws://127.0.0.1:8080/ --abort-on-fail 5s
  antiphon load gradagenda/workloads/fan-out.yaml --find-capacity 'delivery.p99 < 100 ms'
  antiphon load gradagenda/workloads/fan-out.yaml --sweep listeners=10,100
`;
