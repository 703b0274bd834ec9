import { Option } from '@commander-js/extra-typings';
import type { Program } from '../global-options.ts';
import { readDurationUs } from '../options/read-duration.ts';
import { workersInOption, workersOption } from '../options/worker-options.ts';
import type { Session } from '../session.ts';
import { openTerminal } from '../terminal.ts';

export function declareCalibrate(program: Program, session: Session): void {
  program
    .command('calibrate')
    .description('Runs a workload against a server that does nothing but hand on: the floor of this machine.')
    .argument('<workload>', 'a workload file: gradagenda/workloads/fan-out.yaml, or a path')
    .addOption(
      new Option('--hold <duration>', 'how long (default: until p99 has its messages, 22 s at most)').argParser(
        readDurationUs,
      ),
    )
    .addOption(workersOption())
    .addOption(workersInOption())
    .option('--seed <text>', 'what random values are made from (default: a new one)')
    .option('--reports <folder>', 'where a folder for this run is made', 'reports')
    .option('--name <text>', 'name of the run (default: that of the workload)')
    .option('--quiet', 'no progress', false)
    .addHelpText('after', notes)
    .action(async (workload, options) => {
      const { calibrateWorkload } = await import('./calibrate.ts');
      session.exitCode = await calibrateWorkload(workload, options, openTerminal(program.opts()), session);
    });
}

const notes = `
No target is needed: the workload's connections, rates and message sizes meet a bare server on this
machine. No server that does more can be faster here. \`antiphon load --calibrate\` measures the
same before a load, and shows both.

Examples:
  antiphon calibrate tinode-2017/workloads/fan-out.yaml
  antiphon calibrate my-pack/workloads/rooms.yaml --hold 10s
`;
